import type { Cancel, Clock } from '../../src/clock/clock.ts'
import type { TrustTime } from '../../src/clock/trust-time.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import { GroupKeys, commitmentOf } from '../../src/network/group-keys.ts'
import { can } from '../../src/trust/permission.ts'
import { renewalsDue } from '../../src/trust/renewal.ts'
import { ADMISSION_MS } from '../../src/trust/trust-limits.ts'
import type { TrustLog } from '../../src/trust/trust-log.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { TrustError } from '../../src/trust/trust-error.ts'

/** Renewals fall due over a month, so admins need not hurry nor agree on who writes them. */
const LOOK_EVERY_MS = 600_000

/** Time for the admin that removed a device to announce the next group key before another one does. */
const REKEY_AFTER_MS = 10_000

export interface HousekeepingComponents {
  readonly key: DeviceKey
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly registry: Registry
  readonly clock: Clock
  readonly time: TrustTime
  readonly recentlySeen: () => readonly DeviceId[]
  readonly onReceipt: (revocationId: string) => void
  /** Something could not be written; it is tried again with the next change or look. */
  readonly onFailure: (err: unknown) => void
}

/** What a node does for its network without being asked: receipts, renewals, new group keys, forgetting old ones. */
export class Housekeeping {
  readonly #components: HousekeepingComponents
  #cancels: Cancel[] = []
  #isStarted = false
  /** One thing after another: a key just made, whose epoch is not known yet, must not be forgotten as nobody's. */
  #tail: Promise<void> = Promise.resolve()

  constructor(components: HousekeepingComponents) {
    this.#components = components
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const { trust, clock } = this.#components
    const periodMs = LOOK_EVERY_MS * (0.5 + clock.random())
    this.#cancels = [
      trust.onChange(() => this.#attempt(() => this.#afterChange())),
      clock.every(periodMs, () => {
        // A receipt or key that could not be written would otherwise wait for a change that may take years.
        this.#attempt(() => this.#afterChange())
        this.#attempt(() => this.#renew())
      }),
    ]
    this.#attempt(() => this.#afterChange())
  }

  stop(): void {
    this.#isStarted = false
    for (const cancel of this.#cancels) cancel()
    this.#cancels = []
  }

  async #afterChange(): Promise<void> {
    const { key, trust, groupKeys, registry, clock, onReceipt } = this.#components
    if (!trust.state.members.has(key.id)) return // removed or gone: nothing it writes would count
    for (const revocation of trust.state.revocations.values()) {
      if (registry.receipts(revocation.recordId).has(key.id)) continue
      await registry.recordReceipt(revocation.recordId)
      onReceipt(revocation.recordId)
    }
    await groupKeys.keepOnly(trust.state.epochs.map((epoch) => epoch.commitment))
    if (!isRekeyDue(trust)) return
    const cancel = clock.after(REKEY_AFTER_MS * (1 + clock.random()), () => {
      this.#cancels = this.#cancels.filter((other) => other !== cancel)
      if (this.#isStarted && isRekeyDue(trust)) this.#attempt(() => this.#rekey())
    })
    this.#cancels.push(cancel)
  }

  /** Announces a new group key, if this device may. */
  rekey(): Promise<void> {
    return this.#inTurn(() => this.#rekey())
  }

  async #rekey(): Promise<void> {
    const { trust, key, groupKeys, time } = this.#components
    const nowMs = time.now()
    if (!can(trust.state, key.id, 'network:rekey', nowMs)) return
    const groupKey = GroupKeys.generate()
    await groupKeys.add(groupKey)
    await this.#append({ kind: 'rekey', commitment: commitmentOf(groupKey) }, nowMs)
  }

  #attempt(work: () => Promise<void>): void {
    this.#inTurn(work).catch((err: unknown) => this.#components.onFailure(err))
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(work)
    this.#tail = done.catch(() => undefined)
    return done
  }

  async #renew(): Promise<void> {
    const { trust, key, recentlySeen, time } = this.#components
    const nowMs = time.now()
    const devices = renewalsDue(trust.state, key.id, recentlySeen(), nowMs)
    if (devices.length > 0)
      await this.#append({ kind: 'renew', devices, until: nowMs + ADMISSION_MS }, nowMs)
  }

  async #append(operation: Parameters<TrustLog['append']>[0], nowMs: number): Promise<void> {
    try {
      await this.#components.trust.append(operation, this.#components.key, nowMs)
    } catch (err) {
      if (!(err instanceof TrustError)) throw err // no longer permitted: another admin sees to it
    }
  }
}

/** There is no group key yet, or whoever announced the newest one had not seen some removal. */
function isRekeyDue(trust: TrustLog): boolean {
  const { epochs, members, revocations } = trust.state
  const newest = epochs.at(-1)
  if (newest === undefined) return members.size > 0
  return [...revocations.values()].some(
    ({ recordId }) => !trust.precedes(recordId, newest.recordId),
  )
}
