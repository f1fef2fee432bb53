import type { ApiContext } from '../api-context.ts'
import { ApiError } from '../api-error.ts'
import type { Caller } from '../caller.ts'
import { exchange, launchLink, session, socketTicket } from '../contract/mesh.ts'
import type { Session } from '../credentials.ts'
import { emptyRoute, jsonRoute, type Route } from '../route.ts'

/** How the page and programs get in: launch link, session token, socket ticket. */
export function sessionRoutes({
  credentials,
  failures,
  refusals,
  pageUrl,
}: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'POST',
      path: '/launch',
      operation: 'ui',
      permission: 'local',
      // Only who may open the unix socket may hand out entry; a token cannot make more of itself.
      doors: ['unix'],
      status: 201,
      reply: launchLink,
      handle: async () => {
        const url = pageUrl()
        if (url === null)
          throw new ApiError('CONFLICT', 'this node serves no page', 'asgard config get api.port')
        const { secret, expiresAt } = credentials.issueLaunch()
        return { url: `${url}#t=${secret}`, expiresAt }
      },
    }),
    jsonRoute({
      method: 'POST',
      path: '/session',
      operation: 'session.open',
      permission: 'public',
      doors: ['loopback'],
      body: exchange,
      status: 201,
      reply: session,
      handle: async ({ body }) => {
        const issued = credentials.exchange(body.launch)
        if (issued !== undefined) return { token: issued.secret, expiresAt: issued.expiresAt }
        refusals.count('bad-launch')
        const retryAfterS = failures.fail('launch')
        if (retryAfterS > 0) {
          throw new ApiError('RATE_LIMITED', 'too many bad launch codes', 'asgard ui', {
            retryAfterS,
          })
        }
        throw new ApiError(
          'UNAUTHENTICATED',
          'the launch link was used already or is older than 60 s',
          'asgard ui',
        )
      },
    }),
    emptyRoute({
      method: 'DELETE',
      path: '/session',
      operation: 'session.close',
      permission: 'local',
      doors: ['loopback'],
      handle: async ({ caller }) => credentials.revoke(sessionOf(caller)),
    }),
    jsonRoute({
      method: 'POST',
      path: '/socket-tickets',
      operation: 'session.ticket',
      permission: 'local',
      doors: ['loopback'],
      status: 201,
      reply: socketTicket,
      handle: async ({ caller }) => {
        const { secret, expiresAt } = credentials.issueTicket(sessionOf(caller))
        return { ticket: secret, expiresAt }
      },
    }),
  ]
}

function sessionOf(caller: Caller): Session {
  if (caller.door === 'loopback' && caller.grants === 'local') return caller.session
  throw new ApiError('FORBIDDEN', 'this door knows no sessions')
}
