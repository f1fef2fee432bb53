import { z } from 'zod'
import { type ApiContext, deviceParams, networkOf, networkParams } from '../api-context.ts'
import { page } from '../contract/common.ts'
import { connection, pathReport, pingLine, pingRequest } from '../contract/device.ts'
import { topology } from '../contract/mesh.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { jsonRoute, linesRoute, type Route } from '../route.ts'

/** How the devices of a network are connected. */
export function meshRoutes(context: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/connections',
      operation: 'peers',
      permission: 'member',
      params: networkParams,
      query: z.strictObject({ ...pageQuery, device: z.string().min(1).max(512).optional() }),
      reply: page(connection),
      handle: async ({ params, query, caller }) =>
        pageOf(
          await networkOf(context, caller, params.network).connections(query.device),
          (item) => item.id,
          query,
        ),
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/topology',
      operation: 'map',
      permission: 'member',
      params: networkParams,
      reply: topology,
      handle: ({ params, caller }) => networkOf(context, caller, params.network).topology(),
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/paths/:device',
      operation: 'path',
      permission: 'member',
      params: deviceParams,
      reply: pathReport,
      handle: ({ params, caller }) =>
        networkOf(context, caller, params.network).path(params.device),
    }),
    linesRoute({
      method: 'POST',
      path: '/networks/:network/ping',
      operation: 'ping',
      permission: 'member',
      params: networkParams,
      body: pingRequest,
      reply: pingLine,
      handle: async ({ params, body, caller, signal }) => {
        const network = networkOf(context, caller, params.network)
        const { id } = await network.device(body.device)
        return network.ping({ ...body, device: id }, signal)
      },
    }),
  ]
}
