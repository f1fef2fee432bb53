import type { Device } from '../world/device.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { World } from '../world/world.ts'
import type { Violation } from './violation.ts'

/** After some quiet everybody sees the connected alive and the stopped failed. */
export function* healthUnsettled(world: World, inside: readonly SimNode[]): Iterable<Violation> {
  for (const node of inside) {
    for (const other of inside) {
      if (other === node) continue
      const state = node.health?.health(other.id)?.state
      if (state !== 'alive')
        yield broken(
          'alive',
          `${world.name(node.id)} takes ${world.name(other.id)}, which runs, for ${state}`,
        )
    }
    for (const member of node.trust.state.members.keys()) {
      const device = world.deviceOf(member)
      if (device === undefined || device.power === 'on') continue
      const state = node.health?.health(member)?.state
      // Nobody has seen it since this one started, and nobody knows where to look.
      if (state !== 'failed' && state !== 'unknown')
        yield broken(
          'failed',
          `${world.name(node.id)} takes ${world.name(member)}, which is stopped, for ${state}`,
        )
    }
  }
}

export function* notSeenFailed(
  world: World,
  observers: readonly SimNode[],
  gone: SimNode,
): Iterable<Violation> {
  for (const node of observers) {
    const state = node.health?.health(gone.id)?.state
    if (state !== 'failed')
      yield broken(
        'failed',
        `${world.name(node.id)} takes ${world.name(gone.id)}, which is frozen, for ${state}`,
      )
  }
}

/** While a partition lasts, each side sees itself as a group, the other side as another, and the others failed. */
export function* partitionUnseen(
  world: World,
  inside: readonly SimNode[],
  groups: readonly (readonly Device[])[],
): Iterable<Violation> {
  const sides = groups.map((group) =>
    inside.filter((node) => group.some(({ key }) => key.id === node.id)),
  )
  for (const side of sides) {
    const ids = side.map((node) => node.id).sort()
    for (const node of side) {
      const [own = []] = node.topology?.groups().groups ?? []
      const running = own.filter((id) => world.deviceOf(id)?.power === 'on')
      if (running.join() !== ids.join())
        yield broken(
          'groups',
          `${world.name(node.id)} sees itself with ${names(world, own)} instead of ${names(world, ids)}`,
        )
      for (const other of inside) {
        if (side.includes(other)) continue
        const state = node.health?.health(other.id)?.state
        if (state !== 'failed')
          yield broken(
            'groups',
            `${world.name(node.id)} takes ${world.name(other.id)} behind the cut for ${state}`,
          )
      }
    }
  }
}

function names(world: World, ids: readonly string[]): string {
  return ids.map((id) => world.name(id)).join(' ')
}

function broken(rule: string, detail: string): Violation {
  return { rule, detail }
}
