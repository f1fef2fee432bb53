import { canonicalJson } from '../../../src/replica/json.ts'
import { RENEW_BELOW_MS } from '../../../src/trust/trust-limits.ts'
import { annotationsDocument } from '../../../src/registry/annotation.ts'
import { documentKey } from '../../../src/replica/standing.ts'
import { RANK } from '../../../src/trust/role.ts'
import { idToBytes } from '../../../src/trust/trust-record.ts'
import type { Chronicle } from '../story/chronicle.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { World } from '../world/world.ts'
import { canonical } from './trust-rules-hold.ts'
import type { Violation } from './violation.ts'

/**
 * What must hold some time after the last fault. Lazy, cheapest first: while the mesh still converges the first one
 * is enough.
 */
export function* unsettled(world: World, chronicle: Chronicle): Iterable<Violation> {
  const nodes = world.nodes().filter((node) => node.isMember(node.id))
  for (const [at, node] of nodes.entries()) {
    for (const other of nodes.slice(at + 1)) {
      if (!node.isMember(other.id) || !other.isMember(node.id)) continue
      if (node.linkedPeers().includes(other.id) && other.linkedPeers().includes(node.id)) continue
      yield {
        rule: 'all-linked',
        detail: `${world.name(node.id)} and ${world.name(other.id)} accept each other and are not connected`,
      }
    }
  }
  for (const community of communities(nodes)) yield* communitySettled(world, chronicle, community)
}

function* communitySettled(
  world: World,
  chronicle: Chronicle,
  inside: readonly SimNode[],
): Iterable<Violation> {
  const [judge] = inside
  if (judge === undefined) return
  const text = canonical(judge.trust.state)
  const others = inside.filter((node) => canonical(node.trust.state) !== text)
  if (others.length > 0) {
    const names = others.map((node) => world.name(node.id)).join(' ')
    yield {
      rule: 'trust-converges',
      detail: `${names} and ${world.name(judge.id)} see other networks`,
    }
  }
  yield* trustSettled(world, chronicle, judge, inside)
  yield* replicaSettled(world, chronicle, judge, inside)
}

/**
 * Who is connected, directly or not. More than one where devices were removed in their absence and nobody who knows
 * of it may talk to them: they go on among themselves.
 */
export function communities(nodes: readonly SimNode[]): SimNode[][] {
  const left = new Set(nodes)
  const found: SimNode[][] = []
  for (const start of nodes) {
    if (!left.delete(start)) continue
    const community = [start]
    for (const node of community) {
      const peers = new Set(node.linkedPeers())
      for (const other of left) {
        if (!peers.has(other.id)) continue
        left.delete(other)
        community.push(other)
      }
    }
    found.push(community)
  }
  return found
}

function* trustSettled(
  world: World,
  chronicle: Chronicle,
  judge: SimNode,
  inside: readonly SimNode[],
): Iterable<Violation> {
  const broken = (rule: string, detail: string): Violation => ({ rule, detail })
  const { state } = judge.trust
  const isAlive = (id: string) => inside.some((node) => node.id === id)

  for (const { author, id } of chronicle.acknowledged) {
    if (!isAlive(author)) continue
    for (const node of inside) {
      if (node.trust.lacks([idToBytes(id)]))
        yield broken(
          'trust-keeps',
          `${world.name(node.id)} lacks a record that ${world.name(author)} acknowledged`,
        )
    }
  }
  for (const revocation of state.revocations.values()) {
    const receipts = judge.registry.receipts(revocation.recordId)
    for (const node of inside) {
      if (!receipts.has(node.id))
        yield broken(
          'receipts',
          `no receipt of ${world.name(node.id)} for the revocation of ${world.name(revocation.device)}`,
        )
    }
  }
  yield* keysSettled(world, chronicle, judge, inside)
}

function* keysSettled(
  world: World,
  chronicle: Chronicle,
  judge: SimNode,
  inside: readonly SimNode[],
): Iterable<Violation> {
  const broken = (rule: string, detail: string): Violation => ({ rule, detail })
  const { state } = judge.trust
  const newest = state.epochs.at(-1)
  const mayRekey = inside.some(
    (node) => RANK[state.members.get(node.id)?.role ?? 'guest'] >= RANK.admin,
  )
  if (newest === undefined) {
    if (mayRekey) yield broken('rekey', 'there is no group key')
    return
  }
  for (const node of inside) {
    if (node.groupKeys.get(newest.commitment) === undefined && isHeld(inside, newest.commitment))
      yield broken('keys-held', `${world.name(node.id)} lacks the newest group key`)
    const lacking = node.groupKeys.lacking(state.epochs.map(({ commitment }) => commitment))
    if (lacking.some((commitment) => isHeld(inside, commitment)))
      yield broken('keys-held', `${world.name(node.id)} lacks an older group key`)
  }
  for (const revocation of state.revocations.values()) {
    if (mayRekey && !judge.trust.precedes(revocation.recordId, newest.recordId))
      yield broken('rekey', `no new group key since ${world.name(revocation.device)} was removed`)
    const gone = chronicle.takenBack.has(revocation.device)
      ? undefined
      : world.deviceOf(revocation.device)?.node
    for (const epoch of state.epochs) {
      if (!judge.trust.precedes(revocation.recordId, epoch.recordId)) continue
      if (gone?.groupKeys.get(epoch.commitment) !== undefined)
        yield broken(
          'keys-kept',
          `${world.name(revocation.device)} holds a group key made after its removal`,
        )
    }
  }
}

function isHeld(inside: readonly SimNode[], commitment: Uint8Array): boolean {
  return inside.some((node) => node.groupKeys.get(commitment) !== undefined)
}

function* replicaSettled(
  world: World,
  chronicle: Chronicle,
  judge: SimNode,
  inside: readonly SimNode[],
): Iterable<Violation> {
  const broken = (rule: string, detail: string): Violation => ({ rule, detail })
  const heads = headsOf(judge)
  const registry = registryOf(judge)
  for (const node of inside) {
    if (headsOf(node) !== heads)
      yield broken(
        'replica-converges',
        `${world.name(node.id)} and ${world.name(judge.id)} hold other heads: ${difference(headsOf(node), heads)}`,
      )
    if (registryOf(node) !== registry)
      yield broken(
        'registry-converges',
        `${world.name(node.id)} and ${world.name(judge.id)} show other devices: ${difference(registryOf(node), registry)}`,
      )
  }
  const { state } = judge.trust
  for (const node of inside) {
    const promised = chronicle.names.get(node.id)
    if (promised === undefined) continue
    const name = judge.registry.get(node.id)?.ownName ?? ''
    const count = Number(name.split('-')[2] ?? 0)
    if (count < promised.kept)
      yield broken(
        'replica-keeps',
        `${world.name(node.id)} was promised its name no. ${promised.kept} and shows no. ${count}`,
      )
  }
  for (const { author, subject, kept } of chronicle.tags.values()) {
    if (kept === 0 || !inside.some((node) => node.id === author)) continue
    if (RANK[state.members.get(author)?.role ?? 'guest'] < RANK.admin) continue
    const said = JSON.stringify(
      judge.replica.read(author, annotationsDocument(subject))?.[subject] ?? null,
    )
    const count = Number(/tag-\d+-(\d+)/.exec(said)?.[1] ?? 0)
    if (count < kept)
      yield broken(
        'replica-keeps',
        `${world.name(author)} was promised its tag no. ${kept} on ${world.name(subject)}, and no. ${count} is left`,
      )
  }
  yield* opinionsStand(world, judge)
}

/** What is said of a device is said by somebody who may. */
function* opinionsStand(world: World, judge: SimNode): Iterable<Violation> {
  const { members } = judge.trust.state
  for (const device of judge.registry.filter()) {
    if (device.state !== 'member' && device.ownName !== '')
      yield {
        rule: 'revoked-writes',
        detail: `${world.name(device.id)} is ${device.state} and still describes itself`,
      }
    for (const tag of device.tags) {
      const author = world.device(Number(tag.split('-')[1])).key.id
      if (RANK[members.get(author)?.role ?? 'guest'] < RANK.admin)
        yield { rule: 'revoked-writes', detail: `the tag ${tag} of ${world.name(author)} counts` }
    }
  }
}

/** Every envelope from the oldest kept to the newest is there, and each follows the one before. */
export async function* gaps(world: World): AsyncIterable<Violation> {
  for (const node of world.nodes()) {
    for (const { id, head } of node.replica.documents()) {
      const bounds = { envelopes: Infinity, bytes: Infinity }
      const { envelopes } = await node.replica.range(id, head.oldestSeq, bounds)
      if (envelopes.length !== head.seq - head.oldestSeq + 1)
        yield {
          rule: 'gapless',
          detail: `${world.name(node.id)} has ${envelopes.length} envelopes of ${documentKey(id)} from ${head.oldestSeq} to ${head.seq}`,
        }
    }
    if (node.replica.forks().length > 0)
      yield { rule: 'no-fork', detail: `${world.name(node.id)} accuses an honest device of a fork` }
  }
}

/** Heads of what counts; authors that are no members are nobody's business. */
function headsOf(node: SimNode): string {
  return [...node.replica.documents()]
    .map(
      ({ id, head }) =>
        `${documentKey(id)} ${head.incarnation}/${head.seq} ${head.hash.slice(0, 12)}`,
    )
    .sort()
    .join('\n')
}

function registryOf(node: SimNode): string {
  return node.registry
    .filter()
    .map((device) =>
      canonicalJson(
        JSON.parse(JSON.stringify({ ...device, receipts: [...device.receipts].sort(byFirst) })),
      ),
    )
    .sort()
    .join('\n')
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function difference(one: string, other: string): string {
  const [a, b] = [new Set(one.split('\n')), new Set(other.split('\n'))]
  const only = [
    ...[...a].filter((line) => !b.has(line)),
    ...[...b].filter((line) => !a.has(line)).map((line) => `(${line})`),
  ]
  return only.slice(0, 4).join('; ')
}

/** Nobody who is seen regularly comes near the end of its admission, as long as there is an admin. */
export function* unrenewed(world: World, inside: readonly SimNode[]): Iterable<Violation> {
  const [judge] = inside
  if (judge === undefined) return
  const { members } = judge.trust.state
  const hasAdmin = inside.some((node) => RANK[members.get(node.id)?.role ?? 'guest'] >= RANK.admin)
  if (!hasAdmin) return
  for (const node of inside) {
    const member = members.get(node.id)
    if (member === undefined || member.until === null || member.role === 'guest') continue
    if (member.until - world.nowMs < RENEW_BELOW_MS)
      yield {
        rule: 'renewal',
        detail: `the admission of ${world.name(node.id)} ends in ${Math.round((member.until - world.nowMs) / 86_400_000)} days`,
      }
  }
}
