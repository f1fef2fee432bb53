import { z } from 'zod'
import { health, pathKind, timeMs } from './common.ts'
import { device, identity } from './device.ts'
import { network, pendingJoin } from './network.ts'

export const warning = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  device: z.string().nullable(),
  text: z.string(),
  /** The command that mends or explains it. */
  fix: z.string(),
})
export type Warning = z.infer<typeof warning>

/** `asgard status` and the page's first screen. */
export const status = z.object({
  identity,
  version: z.string(),
  startedAt: timeMs,
  ui: z.string().nullable(),
  network: network.nullable(),
  networks: z.array(network),
  /** One sentence a person reads first. */
  summary: z.string(),
  devices: z.array(device),
  pendingJoins: z.array(pendingJoin),
  warnings: z.array(warning),
})
export type Status = z.infer<typeof status>

export const link = z.object({
  from: z.string(),
  to: z.string(),
  kind: pathKind,
  rttMs: z.number().nullable(),
  loss: z.number(),
  /** When the observer `from` last said so. */
  at: timeMs,
  /** The statement is old: its observer has not been heard for a while. */
  isStale: z.boolean(),
})
export const topology = z.object({
  observer: z.string(),
  at: timeMs,
  links: z.array(link),
  /** Groups of devices that see each other; more than one is a partition. */
  groups: z.array(z.array(z.string())),
  /** "these 2 see each other, those 3 see each other"; empty while there is one group. */
  partition: z.string(),
  /** What each observer thinks of each device. */
  views: z.array(z.object({ observer: z.string(), device: z.string(), health })),
})
export type Topology = z.infer<typeof topology>

export const eventType = z.enum([
  'network:created',
  'network:renamed',
  'network:joined',
  'network:left',
  'network:removed',
  'invite:created',
  'invite:cancelled',
  'join:requested',
  'join:approved',
  'join:denied',
  'join:refused',
  'device:admitted',
  'device:changed',
  'device:health',
  'device:role',
  'device:left',
  'device:revoked',
  'device:expired',
  'receipt:applied',
  'link:opened',
  'link:closed',
  'topology:partition',
  'topology:healed',
  'replica:quarantined',
  'replica:forked',
  'trust:forked',
  'gate:refused',
  'clock:skewed',
  'node:started',
  'node:stopping',
  'node:interfaces',
])
export type EventType = z.infer<typeof eventType>

export const event = z.object({
  seq: z.number().int(),
  time: timeMs,
  type: eventType,
  network: z.string().nullable(),
  device: z.string().nullable(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type Event = z.infer<typeof event>

/**
 * What the event stream sends: an event; `resync` when the asked-for gap is no longer kept, or was of an earlier
 * start of the node; `heartbeat` at once and every 15 s. `boot` differs after each start of the node.
 */
export const eventFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event }),
  z.object({ kind: z.literal('resync'), seq: z.number().int(), boot: z.string().optional() }),
  z.object({
    kind: z.literal('heartbeat'),
    seq: z.number().int(),
    time: timeMs,
    boot: z.string().optional(),
  }),
])
export type EventFrame = z.infer<typeof eventFrame>

/** The first and only message a client sends on the event socket. */
export const socketHello = z.strictObject({
  /** From `POST /api/v1/socket-tickets`; the unix socket needs none. */
  ticket: z.string().max(256).optional(),
  since: z.number().int().nonnegative().optional(),
  boot: z.string().max(64).optional(),
})

export const logLine = z.object({
  time: timeMs,
  level: z.enum(['error', 'warn', 'info', 'debug']),
  subsystem: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
})
export type LogLine = z.infer<typeof logLine>

export const check = z.object({
  id: z.string(),
  outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
  text: z.string(),
  fix: z.string().optional(),
})
export const doctorReport = z.object({ checks: z.array(check), findings: z.number().int() })
export type DoctorReport = z.infer<typeof doctorReport>

export const setting = z.object({
  key: z.string(),
  value: z.unknown(),
  origin: z.enum(['flag', 'env', 'file', 'profile']),
  description: z.string(),
  needsRestart: z.boolean(),
})
export type Setting = z.infer<typeof setting>

export const putSetting = z.strictObject({ value: z.unknown() })

/** A one-time link to the page (`asgard ui`); valid once, for 60 s. */
export const launchLink = z.object({ url: z.string(), expiresAt: timeMs })
export const exchange = z.strictObject({ launch: z.string().min(1).max(256) })
export const session = z.object({ token: z.string(), expiresAt: timeMs })
export const socketTicket = z.object({ ticket: z.string(), expiresAt: timeMs })
