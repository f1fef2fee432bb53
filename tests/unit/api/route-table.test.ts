import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import type { Permission } from '../../../node/api/caller.ts'
import { Refusals } from '../../../node/api/refusals.ts'
import { jsonRoute, type Route } from '../../../node/api/route.ts'
import { buildTable } from '../../../node/api/route-table.ts'
import { HandClock } from '../../support/hand-clock.ts'

const options = {
  refusals: new Refusals(new HandClock(), () => undefined),
  areRepliesChecked: true,
}

function route(operation: string, permission: Permission, path = `/${operation}`): Route {
  return jsonRoute({
    method: 'GET',
    path,
    operation,
    permission,
    reply: z.string(),
    handle: async () => operation,
  })
}

describe('the route table', () => {
  it('does not start with a route that forgets who may use it', () => {
    const forgetful = { ...route('a', 'local'), permission: undefined as unknown as Permission }
    expect(() => buildTable([forgetful], options)).toThrow('declares no permission')
    expect(() => buildTable([{ ...route('a', 'local'), doors: [] }], options)).toThrow(
      'offered by no door',
    )
  })

  it('does not start with the same route or operation twice', () => {
    expect(() =>
      buildTable([route('a', 'local', '/x'), route('b', 'local', '/x')], options),
    ).toThrow('twice')
    expect(() =>
      buildTable([route('a', 'local', '/x'), route('a', 'local', '/y')], options),
    ).toThrow('twice')
  })

  it('lets a caller from another device do what its role allows and no more', async () => {
    const roles = ['guest', 'member', 'operator', 'admin', 'owner'] as const
    const table = buildTable(
      [...roles, 'local' as const].map((needed) => route(needed, needed)),
      options,
    )
    const allowed = async (role: (typeof roles)[number]) => {
      const may: string[] = []
      for (const needed of [...roles, 'local']) {
        const caller = { door: 'mesh', grants: role, network: 'n', device: 'd' } as const
        const ask = async () =>
          table.fetch(new Request(`http://localhost/api/v1/${needed}`), { caller })
        await ask().then(
          () => may.push(needed),
          () => undefined,
        )
      }
      return may
    }
    expect(await allowed('guest')).toEqual(['guest'])
    expect(await allowed('operator')).toEqual(['guest', 'member', 'operator'])
    expect(await allowed('owner')).toEqual(['guest', 'member', 'operator', 'admin', 'owner'])
  })
})
