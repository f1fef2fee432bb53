import { z } from 'zod'
import { type ApiContext, networkOf, networkParams } from '../api-context.ts'
import { page } from '../contract/common.ts'
import { device } from '../contract/device.ts'
import { joinProgress, joinRequest, pendingJoin } from '../contract/network.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { emptyRoute, jsonRoute, linesRoute, type Route } from '../route.ts'

const joinParams = networkParams.extend({ join: z.string().min(1).max(512) })

/** Joining a network from here, and letting others in. */
export function joinRoutes(context: ApiContext): readonly Route[] {
  return [
    linesRoute({
      method: 'POST',
      path: '/joins',
      operation: 'join',
      permission: 'local',
      body: joinRequest,
      reply: joinProgress,
      handle: async ({ body, signal }) => context.backend.join(body, signal),
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/joins',
      operation: 'device.pending',
      permission: 'admin',
      params: networkParams,
      query: z.strictObject(pageQuery),
      reply: page(pendingJoin),
      handle: async ({ params, query, caller }) =>
        pageOf(
          await networkOf(context, caller, params.network).pendingJoins(),
          (item) => item.id,
          query,
        ),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks/:network/joins/:join/approve',
      operation: 'device.approve',
      permission: 'admin',
      params: joinParams,
      reply: device,
      handle: ({ params, caller }) =>
        networkOf(context, caller, params.network).approve(params.join),
    }),
    emptyRoute({
      method: 'POST',
      path: '/networks/:network/joins/:join/deny',
      operation: 'device.deny',
      permission: 'admin',
      params: joinParams,
      handle: ({ params, caller }) => networkOf(context, caller, params.network).deny(params.join),
    }),
  ]
}
