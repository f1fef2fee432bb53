import { z } from 'zod'
import { health, nameText, noteText, pathKind, role, tagText, timeMs } from './common.ts'

/** How the answering device is connected to another one now. */
export const path = z.object({
  kind: pathKind,
  transport: z.string(),
  address: z.string(),
  rttMs: z.number().nullable(),
  /** Share of probes unanswered in the recent window, 0 to 1. */
  loss: z.number(),
  via: z.string().nullable(),
  sinceMs: timeMs,
})
export type Path = z.infer<typeof path>

export const device = z.object({
  id: z.string(),
  name: z.string(),
  /** Set by the device itself; `name` is an admin's choice when there is one. */
  ownName: z.string(),
  isSelf: z.boolean(),
  kind: z.string(),
  platform: z.string(),
  version: z.string(),
  role: role.nullable(),
  health,
  /** Whether it belongs to the network now; `expired`: an admin has to renew it; `review`: to admit it. */
  membership: z.enum(['member', 'expired', 'review', 'left', 'revoked']),
  path: path.nullable(),
  lastSeenAt: timeMs.nullable(),
  registeredAt: timeMs,
  admittedUntil: timeMs.nullable(),
  tags: z.array(z.string()),
  note: z.string(),
  capabilities: z.array(z.string()),
  addresses: z.array(z.string()),
  hardware: z.object({ cpu: z.string(), cores: z.number(), memoryBytes: z.number() }).nullable(),
  /** Things about this device that a person should know: `fork`, `quarantine`, `expired`, `clock-skew`. */
  flags: z.array(z.object({ code: z.string(), detail: z.string() })),
  clockSkewMs: z.number().nullable(),
})
export type Device = z.infer<typeof device>

export const patchDevice = z.strictObject({
  name: nameText.optional(),
  tags: z.array(tagText).max(32).optional(),
  note: noteText.optional(),
})
export type PatchDevice = z.infer<typeof patchDevice>

export const putRole = z.strictObject({ role, until: timeMs.optional() })
export const revokeDevice = z.strictObject({ reason: z.string().max(200).default('') })

/** This process's own identity (`asgard id`); names of the fields follow `ipfs id`. */
export const identity = z.object({
  ID: z.string(),
  PublicKey: z.string(),
  Addresses: z.array(z.string()),
  AgentVersion: z.string(),
  Protocols: z.array(z.string()),
  name: z.string(),
  fingerprint: z.string(),
  keyProtection: z.enum(['none', 'passphrase', 'credential']),
})
export type Identity = z.infer<typeof identity>

export const connection = z.object({
  id: z.string(),
  device: z.string(),
  name: z.string(),
  direction: z.enum(['in', 'out']),
  path,
  encryption: z.string(),
  multiplexer: z.string(),
  openedAt: timeMs,
  streams: z.array(z.string()),
  bytesIn: z.number().nullable(),
  bytesOut: z.number().nullable(),
})
export type Connection = z.infer<typeof connection>

/** One line each of the NDJSON answer to a ping. */
export const pingLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), seq: z.number(), rttMs: z.number(), path }),
  z.object({ kind: z.literal('lost'), seq: z.number(), reason: z.string() }),
  z.object({
    kind: z.literal('summary'),
    sent: z.number(),
    received: z.number(),
    minMs: z.number().nullable(),
    avgMs: z.number().nullable(),
    maxMs: z.number().nullable(),
  }),
])
export type PingLine = z.infer<typeof pingLine>
export const pingRequest = z.strictObject({
  device: z.string().min(1).max(512),
  count: z.number().int().min(1).max(1_000).default(4),
  intervalMs: z.number().int().min(50).max(60_000).default(1_000),
  timeoutMs: z.number().int().min(50).max(60_000).default(2_000),
})

/** What is known of the way to a device: `asgard path`. */
export const pathReport = z.object({
  device: z.string(),
  name: z.string(),
  health,
  path: path.nullable(),
  attempts: z.array(
    z.object({
      address: z.string(),
      source: z.enum(['mdns', 'dht', 'record', 'address-book', 'manual', 'ticket']),
      at: timeMs,
      durationMs: z.number(),
      outcome: z.enum([
        'connected',
        'refused',
        'timeout',
        'unreachable',
        'wrong-device',
        'denied',
        'failed',
      ]),
      detail: z.string(),
    }),
  ),
  nextAttemptAt: timeMs.nullable(),
  /** Members that see it now, when we do not. */
  seenBy: z.array(z.string()),
  advice: z.string(),
})
export type PathReport = z.infer<typeof pathReport>
