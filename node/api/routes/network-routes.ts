import { type ApiContext, networkOf, networkParams } from '../api-context.ts'
import { page } from '../contract/common.ts'
import { z } from 'zod'
import { createNetwork, leaveNetwork, network, patchNetwork } from '../contract/network.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { jsonRoute, type Route } from '../route.ts'

/** The networks this device is in. */
export function networkRoutes(context: ApiContext): readonly Route[] {
  const { backend } = context
  return [
    jsonRoute({
      method: 'GET',
      path: '/networks',
      operation: 'network.ls',
      permission: 'local',
      query: z.strictObject(pageQuery),
      reply: page(network),
      handle: async ({ query }) => pageOf(await backend.networks(), (item) => item.id, query),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks',
      operation: 'init',
      permission: 'local',
      body: createNetwork,
      status: 201,
      reply: network,
      handle: ({ body }) => backend.createNetwork(body),
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network',
      operation: 'network.show',
      permission: 'guest',
      params: networkParams,
      reply: network,
      handle: ({ params, caller }) => networkOf(context, caller, params.network).show(),
    }),
    jsonRoute({
      method: 'PATCH',
      path: '/networks/:network',
      operation: 'network.rename',
      permission: 'owner',
      params: networkParams,
      body: patchNetwork,
      reply: network,
      handle: ({ params, body, caller }) =>
        networkOf(context, caller, params.network).rename(body.name),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks/:network/use',
      operation: 'network.use',
      permission: 'local',
      params: networkParams,
      reply: network,
      handle: ({ params, caller }) =>
        backend.useNetwork(networkOf(context, caller, params.network).id),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks/:network/leave',
      operation: 'leave',
      permission: 'local',
      params: networkParams,
      body: leaveNetwork,
      reply: network,
      handle: ({ params, body, caller }) => networkOf(context, caller, params.network).leave(body),
    }),
  ]
}
