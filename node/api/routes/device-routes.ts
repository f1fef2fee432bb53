import { z } from 'zod'
import { type ApiContext, deviceParams, networkOf, networkParams } from '../api-context.ts'
import { health, page, role } from '../contract/common.ts'
import { device, type Device, patchDevice, putRole, revokeDevice } from '../contract/device.ts'
import { revocation } from '../contract/network.ts'
import { pageOf, pageQuery } from '../page-of.ts'
import { emptyRoute, jsonRoute, type Route } from '../route.ts'

const filters = z.strictObject({
  ...pageQuery,
  role: role.optional(),
  health: health.optional(),
  tag: z.string().max(64).optional(),
  capability: z.string().max(128).optional(),
  kind: z.string().max(64).optional(),
})

/** The devices of a network. */
export function deviceRoutes(context: ApiContext): readonly Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/devices',
      operation: 'device.ls',
      permission: 'guest',
      params: networkParams,
      query: filters,
      reply: page(device),
      handle: async ({ params, query, caller }) => {
        const devices = await networkOf(context, caller, params.network).devices()
        return pageOf(
          devices.filter((item) => isWanted(item, query)),
          (item) => item.id,
          query,
        )
      },
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/devices/:device',
      operation: 'device.show',
      permission: 'guest',
      params: deviceParams,
      reply: device,
      handle: ({ params, caller }) =>
        networkOf(context, caller, params.network).device(params.device),
    }),
    jsonRoute({
      method: 'PATCH',
      path: '/networks/:network/devices/:device',
      operation: 'device.rename',
      permission: 'operator',
      params: deviceParams,
      body: patchDevice,
      reply: device,
      handle: ({ params, body, caller }) =>
        networkOf(context, caller, params.network).patchDevice(params.device, body),
    }),
    emptyRoute({
      method: 'DELETE',
      path: '/networks/:network/devices/:device',
      operation: 'device.forget',
      permission: 'admin',
      params: deviceParams,
      handle: ({ params, caller }) =>
        networkOf(context, caller, params.network).forget(params.device),
    }),
    jsonRoute({
      method: 'PUT',
      path: '/networks/:network/devices/:device/role',
      operation: 'device.role',
      permission: 'admin',
      params: deviceParams,
      body: putRole,
      reply: device,
      handle: ({ params, body, caller }) =>
        networkOf(context, caller, params.network).setRole(params.device, body),
    }),
    jsonRoute({
      method: 'POST',
      path: '/networks/:network/devices/:device/revoke',
      operation: 'device.revoke',
      permission: 'admin',
      params: deviceParams,
      body: revokeDevice,
      reply: revocation,
      handle: ({ params, body, caller }) =>
        networkOf(context, caller, params.network).revoke(params.device, body.reason),
    }),
    jsonRoute({
      method: 'GET',
      path: '/networks/:network/revocations',
      operation: 'device.revocations',
      permission: 'member',
      params: networkParams,
      query: z.strictObject(pageQuery),
      reply: page(revocation),
      handle: async ({ params, query, caller }) =>
        pageOf(
          await networkOf(context, caller, params.network).revocations(),
          (item) => item.id,
          query,
        ),
    }),
  ]
}

function isWanted(item: Device, wanted: z.output<typeof filters>): boolean {
  return (
    (wanted.role === undefined || item.role === wanted.role) &&
    (wanted.health === undefined || item.health === wanted.health) &&
    (wanted.kind === undefined || item.kind === wanted.kind) &&
    (wanted.tag === undefined || item.tags.includes(wanted.tag)) &&
    (wanted.capability === undefined || item.capabilities.includes(wanted.capability))
  )
}
