import { z } from 'zod'
import { type ApiContext, flag } from '../api-context.ts'
import { eventFrame, logLine } from '../contract/mesh.ts'
import { eventStream } from '../event-stream.ts'
import { logStream } from '../log-stream.ts'
import { linesRoute, type Route } from '../route.ts'

/** What happens, and what is logged, as it does. `GET events/socket` is the same by WebSocket. */
export function streamRoutes({ backend, clock }: ApiContext): readonly Route[] {
  return [
    linesRoute({
      method: 'GET',
      path: '/events',
      operation: 'events',
      permission: 'local',
      query: z.strictObject({
        since: z.coerce.number().int().nonnegative().optional(),
        boot: z.string().max(64).optional(),
        follow: flag,
      }),
      reply: eventFrame,
      handle: async ({ query, signal }) => eventStream(backend.events, clock, query, signal),
    }),
    linesRoute({
      method: 'GET',
      path: '/logs',
      operation: 'logs',
      permission: 'local',
      query: z.strictObject({ follow: flag, level: logLine.shape.level.default('info') }),
      reply: logLine,
      handle: async ({ query, signal }) => logStream(backend.logs, query, signal),
    }),
  ]
}
