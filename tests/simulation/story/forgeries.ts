import { TRUST_PROTOCOL } from '../../../protocols/trust/constants.ts'
import { encodeTrust } from '../../../protocols/trust/codec.ts'
import { DeviceKey } from '../../../src/identity/device-key.ts'
import { RANK } from '../../../src/trust/role.ts'
import { ADMISSION_MS, HEADS_MAX } from '../../../src/trust/trust-limits.ts'
import type { TrustOperation } from '../../../src/trust/trust-operation.ts'
import { idFromBytes, openRecord, sealRecord } from '../../../src/trust/trust-record.ts'
import { nameOf } from '../world/machine.ts'
import type { Dice } from '../world/dice.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { World } from '../world/world.ts'
import type { Chronicle } from './chronicle.ts'

/** What members do whose software does not know its place: well signed, well chained, and beyond their rank. */
export class Forgeries {
  readonly #world: World
  readonly #chronicle: Chronicle
  readonly #dice: Dice

  constructor(world: World, chronicle: Chronicle, dice: Dice) {
    this.#world = world
    this.#chronicle = chronicle
    this.#dice = dice
  }

  commit(): void {
    const dice = this.#dice
    const node = dice.pick(this.#world.nodes().filter((one) => one.isMember(one.id)))
    const operation = node === undefined ? undefined : this.#beyond(node)
    if (node === undefined || operation === undefined) return
    const bytes = this.#seal(node, operation)
    this.#chronicle.forged.add(openRecord(bytes).record.id)
    this.#chronicle.offenders.add(node.id)
    this.#chronicle.count('forgery')
    this.#world.trace(() => `${nameOf(node.machine)} forges: ${operation.kind}`)
    const frame = encodeTrust({ kind: 'records', records: [bytes], more: false })
    const channel = node.channel(TRUST_PROTOCOL)
    for (const peer of channel.peers()) channel.send(peer, frame)
  }

  /** Something that its own log says it may not do. */
  #beyond(node: SimNode): TrustOperation | undefined {
    const dice = this.#dice
    const { members, invites } = node.trust.state
    const role = members.get(node.id)?.role
    if (role === undefined || role === 'owner') return undefined
    const nowMs = node.time.now()
    const until = nowMs + ADMISSION_MS
    const ghost = DeviceKey.fromSeed(dice.bytes(32)).id
    this.#chronicle.ghosts.add(ghost)
    const owner = [...members.values()].find((member) => member.role === 'owner')?.device
    const beyondAdmin: TrustOperation[] = [
      { kind: 'admit', device: ghost, role: 'owner', until, name: 'ghost' },
      { kind: 'admit', device: ghost, role: 'admin', until, name: 'ghost' },
      { kind: 'role', device: node.id, role: 'owner' },
    ]
    if (owner !== undefined) {
      beyondAdmin.push(
        { kind: 'revoke', device: owner, reason: 'mutiny' },
        { kind: 'role', device: owner, role: 'member' },
      )
    }
    for (const invite of invites.values()) {
      if (invite.expiresAt > nowMs && invite.status === 'open' && RANK[invite.role] >= RANK[role])
        continue
      if (invite.status === 'open' && role === 'admin') continue
      beyondAdmin.push({
        kind: 'admit',
        device: ghost,
        role: invite.role,
        until,
        name: 'ghost',
        invite: invite.id,
      })
    }
    if (role === 'admin') return dice.pick(beyondAdmin)
    return dice.pick([
      ...beyondAdmin,
      { kind: 'admit', device: ghost, role: 'member', until, name: 'ghost' },
      { kind: 'rename', name: 'mine' },
      { kind: 'renew', devices: [node.id], until },
      { kind: 'rekey', commitment: dice.bytes(32) },
    ] satisfies TrustOperation[])
  }

  #seal(node: SimNode, operation: TrustOperation): Uint8Array {
    const own = node.trust
      .missing([], Infinity)
      .map((bytes) => openRecord(bytes).record)
      .filter((record) => record.author === node.id)
    const last = own.toSorted((a, b) => a.seq - b.seq).at(-1)
    return sealRecord(
      {
        network: this.#world.networkId,
        seq: (last?.seq ?? 0) + 1,
        prev: last?.id ?? null,
        // All that it has seen: with less, the record would be lawful for who did not know of a demotion.
        heads: node.trust.frontier().slice(0, HEADS_MAX).map(idFromBytes),
        timeMs: node.time.now(),
        operation,
      },
      node.machine.key,
    )
  }
}
