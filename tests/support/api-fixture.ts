import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, createApi } from '../../node/api/app.ts'
import type { Backend } from '../../node/api/backend.ts'
import { Credentials } from '../../node/api/credentials.ts'
import { type DoorLimits, type Doors, openDoors } from '../../node/api/doors.ts'
import type { ApiLogEntry } from '../../node/api/refusals.ts'
import type { Assets } from '../../node/api/static-assets.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { type HttpCall, httpCall, type HttpReply } from './http-call.ts'

export interface ApiFixture {
  readonly api: Api
  readonly credentials: Credentials
  readonly doors: Doors
  readonly port: number
  readonly socketPath: string
  readonly log: readonly ApiLogEntry[]
  /** Over the unix socket, as the command line does. */
  local(call: HttpCall): Promise<HttpReply>
  /** Over loopback with the right Host, as a program beside the node does. */
  loopback(call: HttpCall): Promise<HttpReply>
  /** A session token by the launch link, as the page gets it. */
  signIn(): Promise<string>
  stop(): Promise<void>
}

export interface ApiFixtureOptions {
  readonly backend: Backend
  readonly clock: Clock
  readonly assets?: Assets
  readonly limits?: Partial<DoorLimits>
}

const PAGE: Assets = new Map([
  ['/', { type: 'text/html', body: new TextEncoder().encode('<p>page</p>') }],
])

/** A handler behind both doors, on a socket and a port of its own. */
export async function startApi({
  backend,
  clock,
  assets = PAGE,
  limits = {},
}: ApiFixtureOptions): Promise<ApiFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'asgard-api-'))
  const log: ApiLogEntry[] = []
  const credentials = new Credentials(clock)
  let pageUrl: string | null = null
  const api = createApi({
    backend,
    credentials,
    assets,
    clock,
    log: (entry) => log.push(entry),
    pageUrl: () => pageUrl,
    areRepliesChecked: true,
  })
  const socketPath = join(directory, 'api.sock')
  const doors = await openDoors({
    api,
    log: (entry) => log.push(entry),
    unix: { path: socketPath },
    loopback: { port: 0 },
    limits,
  })
  pageUrl = doors.pageUrl
  const port = doors.port ?? 0
  const loopback = (call: HttpCall) =>
    httpCall({ port }, { ...call, headers: ['Host', `127.0.0.1:${port}`, ...(call.headers ?? [])] })
  return {
    api,
    credentials,
    doors,
    port,
    socketPath,
    log,
    local: (call) => httpCall({ socketPath }, call),
    loopback,
    signIn: async () => {
      const body = JSON.stringify({ launch: credentials.issueLaunch().secret })
      const headers = ['Content-Type', 'application/json']
      const reply = await loopback({ method: 'POST', path: '/api/v1/session', headers, body })
      return (JSON.parse(reply.text) as { token: string }).token
    },
    stop: async () => {
      await doors.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
