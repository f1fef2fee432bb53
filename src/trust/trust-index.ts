import type { DeviceId } from '../identity/device-id.ts'
import type { InviteId } from './trust-operation.ts'
import type { TrustRecord } from './trust-record.ts'

/** Which records speak of whom, so that a question about one device looks at a handful of records. */
export class TrustIndex {
  /** Genesis, admissions and role changes, by their subject. */
  readonly grants = new Multimap<DeviceId>()
  /** Revocations and departures, by their subject. */
  readonly removals = new Multimap<DeviceId>()
  readonly renewals = new Multimap<DeviceId>()
  readonly byAuthor = new Multimap<DeviceId>()
  readonly invites = new Multimap<InviteId>()
  readonly cancels = new Multimap<InviteId>()
  /** Admissions by the invite they cite. */
  readonly citing = new Multimap<InviteId>()
  /** Invites by their author. */
  readonly invitesBy = new Map<DeviceId, Set<InviteId>>()
  /** Invites with more admissions than uses: the only ones whose uses can be in dispute. */
  readonly oftenCited = new Set<InviteId>()
  readonly #uses = new Map<InviteId, number>()
  /** Devices that ever were given the role, rightly or not. */
  readonly owners = new Set<DeviceId>()
  readonly renames: number[] = []
  readonly rekeys: number[] = []
  /** By author: groups of records that claim one place in its chain. */
  readonly forks = new Map<DeviceId, number[][]>()
  readonly #claims = new Map<string, number[]>()

  add(index: number, record: TrustRecord): void {
    const { author, operation } = record
    this.byAuthor.add(author, index)
    this.#claim(author, record.seq, index)
    switch (operation.kind) {
      case 'genesis':
        this.grants.add(operation.owner, index)
        this.owners.add(operation.owner)
        break
      case 'admit':
        this.grants.add(operation.device, index)
        if (operation.role === 'owner') this.owners.add(operation.device)
        if (operation.invite !== undefined) {
          this.citing.add(operation.invite, index)
          this.#countUses(operation.invite)
        }
        break
      case 'role':
        this.grants.add(operation.device, index)
        if (operation.role === 'owner') this.owners.add(operation.device)
        break
      case 'revoke':
        this.removals.add(operation.device, index)
        break
      case 'leave':
        this.removals.add(author, index)
        break
      case 'invite':
        this.invites.add(operation.id, index)
        this.#invitesOf(author).add(operation.id)
        this.#uses.set(
          operation.id,
          Math.min(operation.uses, this.#uses.get(operation.id) ?? operation.uses),
        )
        this.#countUses(operation.id)
        break
      case 'cancel':
        this.cancels.add(operation.invite, index)
        break
      case 'renew':
        for (const device of operation.devices) this.renewals.add(device, index)
        break
      case 'rename':
        this.renames.push(index)
        break
      case 'rekey':
        this.rekeys.push(index)
        break
      case 'unknown':
        break
    }
  }

  #countUses(invite: InviteId): void {
    if (this.citing.get(invite).length > (this.#uses.get(invite) ?? 0)) this.oftenCited.add(invite)
  }

  #claim(author: DeviceId, seq: number, index: number): void {
    const key = `${author}/${seq}`
    const claims = this.#claims.get(key)
    if (claims === undefined) {
      this.#claims.set(key, [index])
      return
    }
    claims.push(index)
    if (claims.length === 2) this.forks.set(author, [...(this.forks.get(author) ?? []), claims])
  }

  #invitesOf(author: DeviceId): Set<InviteId> {
    const known = this.invitesBy.get(author)
    if (known !== undefined) return known
    const created = new Set<InviteId>()
    this.invitesBy.set(author, created)
    return created
  }
}

const NONE: readonly number[] = []

/** Keys to record indexes, ascending. */
class Multimap<Key> {
  readonly #lists = new Map<Key, number[]>()

  add(key: Key, index: number): void {
    const list = this.#lists.get(key)
    if (list === undefined) this.#lists.set(key, [index])
    else list.push(index)
  }

  get(key: Key): readonly number[] {
    return this.#lists.get(key) ?? NONE
  }

  keys(): IterableIterator<Key> {
    return this.#lists.keys()
  }
}
