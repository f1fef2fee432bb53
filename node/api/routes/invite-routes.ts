import { z } from 'zod'
import { type ApiContext, networkOf, networkParams } from '../api-context.ts'
import { page } from '../contract/common.ts'
import { createdInvite, createInvite, invite } from '../contract/network.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { jsonRoute, type Route } from '../route.ts'

/** Invites of a network. The ticket is in the reply to its creation and nowhere else. */
export function inviteRoutes(context: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/invites',
      operation: 'invite.ls',
      permission: 'admin',
      params: networkParams,
      query: z.strictObject(pageQuery),
      reply: page(invite),
      handle: async ({ params, query, caller }) =>
        pageOf(
          await networkOf(context, caller, params.network).invites(),
          (item) => item.id,
          query,
        ),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks/:network/invites',
      operation: 'invite',
      permission: 'admin',
      params: networkParams,
      body: createInvite,
      status: 201,
      reply: createdInvite,
      handle: ({ params, body, caller }) =>
        networkOf(context, caller, params.network).createInvite(body),
    }),
    jsonRoute({
      method: 'DELETE',
      path: '/networks/:network/invites/:invite',
      operation: 'invite.cancel',
      permission: 'admin',
      params: networkParams.extend({ invite: z.string().min(1).max(256) }),
      reply: invite,
      handle: ({ params, caller }) =>
        networkOf(context, caller, params.network).cancelInvite(params.invite),
    }),
  ]
}
