import { z } from 'zod'
import type { ApiContext } from '../api-context.ts'
import { identity } from '../contract/device.ts'
import { doctorReport, status } from '../contract/mesh.ts'
import { jsonRoute, type Route } from '../route.ts'

/** This device's own process. */
export function nodeRoutes({ backend }: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/status',
      operation: 'status',
      permission: 'local',
      reply: status,
      handle: () => backend.status(),
    }),
    jsonRoute({
      method: 'GET',
      path: '/identity',
      operation: 'id',
      permission: 'guest',
      reply: identity,
      handle: () => backend.identity(),
    }),
    jsonRoute({
      method: 'GET',
      path: '/doctor',
      operation: 'doctor',
      permission: 'local',
      reply: doctorReport,
      handle: () => backend.doctor(),
    }),
    jsonRoute({
      method: 'POST',
      path: '/daemon/stop',
      operation: 'daemon.stop',
      permission: 'local',
      status: 202,
      reply: z.object({ stopping: z.literal(true) }),
      handle: async () => {
        backend.stop()
        return { stopping: true as const }
      },
    }),
  ]
}
