import type { ApiContext } from '../api-context.ts'
import type { Route } from '../route.ts'
import { deviceRoutes } from './device-routes.ts'
import { inviteRoutes } from './invite-routes.ts'
import { joinRoutes } from './join-routes.ts'
import { meshRoutes } from './mesh-routes.ts'
import { networkRoutes } from './network-routes.ts'
import { nodeRoutes } from './node-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { settingRoutes } from './setting-routes.ts'
import { streamRoutes } from './stream-routes.ts'

/** Everything there is to ask of a node. */
export function allRoutes(context: ApiContext): readonly Route[] {
  return [
    ...nodeRoutes(context),
    ...networkRoutes(context),
    ...joinRoutes(context),
    ...deviceRoutes(context),
    ...inviteRoutes(context),
    ...meshRoutes(context),
    ...streamRoutes(context),
    ...settingRoutes(context),
    ...sessionRoutes(context),
  ]
}
