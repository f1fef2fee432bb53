import { z } from 'zod'
import type { ApiContext } from '../api-context.ts'
import { page } from '../contract/common.ts'
import { putSetting, setting } from '../contract/mesh.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { jsonRoute, type Route } from '../route.ts'

const keyParams = z.strictObject({
  key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,127}$/, 'not the name of a setting'),
})

/** The settings of this device. */
export function settingRoutes({ backend }: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/config',
      operation: 'config.ls',
      permission: 'local',
      query: z.strictObject(pageQuery),
      reply: page(setting),
      handle: async ({ query }) => pageOf(await backend.settings.list(), (item) => item.key, query),
    }),
    jsonRoute({
      method: 'GET',
      path: '/config/:key',
      operation: 'config.get',
      permission: 'local',
      params: keyParams,
      reply: setting,
      handle: ({ params }) => backend.settings.get(params.key),
    }),
    jsonRoute({
      method: 'PUT',
      path: '/config/:key',
      operation: 'config.set',
      permission: 'local',
      params: keyParams,
      body: putSetting,
      reply: setting,
      handle: ({ params, body }) => backend.settings.set(params.key, body.value),
    }),
    jsonRoute({
      method: 'DELETE',
      path: '/config/:key',
      operation: 'config.unset',
      permission: 'local',
      params: keyParams,
      reply: setting,
      handle: ({ params }) => backend.settings.unset(params.key),
    }),
  ]
}
