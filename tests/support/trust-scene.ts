import { createHash } from 'node:crypto'
import { DeviceKey } from '../../src/identity/device-key.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { networkIdOf } from '../../src/identity/network-id.ts'
import { TrustLedger } from '../../src/trust/trust-ledger.ts'
import {
  openRecord,
  sealRecord,
  type RecordId,
  type TrustRecord,
} from '../../src/trust/trust-record.ts'
import { TrustReducer } from '../../src/trust/trust-reducer.ts'
import type { Role, TrustOperation } from '../../src/trust/trust-operation.ts'
import type { TrustState } from '../../src/trust/trust-state.ts'

/** 2027-01-15: the time at which scenes play. */
export const SCENE_MS = 1_800_000_000_000
export const DAY_MS = 86_400_000

const KEYS = new Map<string, DeviceKey>()

/** The same key for the same name, always. */
export function keyOf(name: string): DeviceKey {
  const known = KEYS.get(name)
  if (known !== undefined) return known
  const key = DeviceKey.fromSeed(
    new Uint8Array(createHash('sha256').update(`scene/${name}`).digest()),
  )
  KEYS.set(name, key)
  return key
}

export function idOf(name: string): DeviceId {
  return keyOf(name).id
}

export interface ActOptions {
  /** The records its author had seen; everything legal so far when not given. */
  readonly sees?: readonly TrustRecord[]
  /** The author's previous record; its last legal one when not given. */
  readonly prev?: TrustRecord | null
  readonly timeMs?: number
}

/**
 * Writes trust records as a story: who does what, having seen what. Records are real and signed;
 * whether they are legal is for the code under test to say.
 */
export class TrustScene {
  readonly networkKey = keyOf('network')
  readonly networkId = networkIdOf(this.networkKey.publicKey)
  readonly records: TrustRecord[] = []
  readonly genesis: TrustRecord
  readonly #last = new Map<string, TrustRecord>()
  readonly #legal = new TrustLedger(this.networkId)

  constructor(owner = 'ana') {
    this.genesis = this.#seal(
      this.networkKey,
      { kind: 'genesis', name: 'home', owner: idOf(owner), ownerName: owner },
      [],
      null,
      SCENE_MS,
    )
  }

  act(author: string, operation: TrustOperation, options: ActOptions = {}): TrustRecord {
    const prev = options.prev === undefined ? (this.#last.get(author) ?? null) : options.prev
    const sees = options.sees ?? this.heads()
    const record = this.#seal(
      keyOf(author),
      operation,
      sees,
      prev,
      options.timeMs ?? SCENE_MS + this.records.length,
    )
    if (this.#legal.graph.indexOf(record.id) !== undefined) this.#last.set(author, record)
    return record
  }

  admit(
    author: string,
    device: string,
    role: Role,
    options: ActOptions & { invite?: string } = {},
  ): TrustRecord {
    const timeMs = options.timeMs ?? SCENE_MS
    const cited = options.invite === undefined ? {} : { invite: options.invite }
    return this.act(
      author,
      {
        kind: 'admit',
        device: idOf(device),
        role,
        until: timeMs + 90 * DAY_MS,
        name: device,
        ...cited,
      },
      options,
    )
  }

  revoke(author: string, device: string, options?: ActOptions): TrustRecord {
    return this.act(author, { kind: 'revoke', device: idOf(device), reason: 'lost' }, options)
  }

  role(author: string, device: string, role: Role, options: ActOptions = {}): TrustRecord {
    const until = role === 'guest' ? { until: (options.timeMs ?? SCENE_MS) + DAY_MS } : {}
    return this.act(author, { kind: 'role', device: idOf(device), role, ...until }, options)
  }

  invite(
    author: string,
    name: string,
    role: Role,
    options: ActOptions & { uses?: number } = {},
  ): string {
    const id = Buffer.from(keyOf(`invite/${name}`).publicKey).toString('hex')
    const expiresAt = (options.timeMs ?? SCENE_MS) + DAY_MS
    this.act(
      author,
      { kind: 'invite', id, role, expiresAt, uses: options.uses ?? 1, approve: false },
      options,
    )
    return id
  }

  leave(author: string, options?: ActOptions): TrustRecord {
    return this.act(author, { kind: 'leave' }, options)
  }

  get last(): TrustRecord {
    return this.records.at(-1) as TrustRecord
  }

  /** Legal records that no other legal one has seen. */
  heads(): TrustRecord[] {
    const { graph } = this.#legal
    return graph.frontier().map((id) => graph.record(graph.indexOf(id) as number))
  }

  state(records: readonly TrustRecord[] = this.records): TrustState {
    return readStory(this.networkId, records).state
  }

  /** Why the story's last record, or the given one, is refused; undefined when it is not. */
  refusal(record: TrustRecord = this.last): string | undefined {
    return readStory(this.networkId, this.records).refusals.get(record.id)
  }

  #seal(
    key: DeviceKey,
    operation: TrustOperation,
    sees: readonly TrustRecord[],
    prev: TrustRecord | null,
    timeMs: number,
  ): TrustRecord {
    const bytes = sealRecord(
      {
        network: this.networkId,
        seq: (prev?.seq ?? 0) + 1,
        prev: prev?.id ?? null,
        heads: sees.map(({ id }) => id),
        timeMs,
        operation,
      },
      key,
    )
    const { record } = openRecord(bytes)
    this.records.push(record)
    const { graph } = this.#legal
    const isNew =
      graph.indexOf(record.id) === undefined && graph.missingParents(record).length === 0
    if (isNew && this.#legal.refusalOf(record) === undefined) this.#legal.add(record)
    return record
  }
}

/** Feeds records to a fresh ledger in the order given, holding back those that come before what they build on. */
export function readStory(networkId: string, records: readonly TrustRecord[], reducesEach = false) {
  const ledger = new TrustLedger(networkId)
  const reducer = new TrustReducer(ledger)
  const refusals = new Map<RecordId, string>()
  let waiting = [...records]
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length
    waiting = waiting.filter((record) => {
      if (ledger.graph.indexOf(record.id) !== undefined || refusals.has(record.id)) return false
      if (ledger.graph.missingParents(record).length > 0) return true
      const refusal = ledger.refusalOf(record)
      if (refusal !== undefined) refusals.set(record.id, refusal.code)
      else ledger.add(record)
      if (reducesEach) reducer.reduce(ledger)
      return false
    })
  }
  return { ledger, refusals, state: reducer.reduce(ledger) }
}

/** Text that is equal for equal states, whatever order their maps were filled in. */
export function canonical(state: TrustState): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Map) return [...value].sort(([a], [b]) => (a < b ? -1 : 1))
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
    return value
  })
}

/** `ana owner, bob member`: who belongs to the network, by name. */
export function membersOf(state: TrustState): string {
  return [...state.members.values()]
    .map((member) => `${member.name} ${member.role}`)
    .sort()
    .join(', ')
}
