import { z } from 'zod'
import { health, nameText, role, timeMs } from './common.ts'

export const network = z.object({
  id: z.string(),
  name: z.string(),
  role: role.nullable(),
  /** `active`: in it. `left`, `removed`: kept for the record until erased. `joining`: waiting for approval. */
  status: z.enum(['active', 'left', 'removed', 'joining']),
  isCurrent: z.boolean(),
  devices: z.number().int(),
  alive: z.number().int(),
  createdAt: timeMs,
  listen: z.array(z.string()),
})
export type Network = z.infer<typeof network>

export const createNetwork = z.strictObject({ name: nameText, deviceName: nameText.optional() })
export type CreateNetwork = z.infer<typeof createNetwork>

export const patchNetwork = z.strictObject({ name: nameText })
export const leaveNetwork = z.strictObject({
  erase: z.boolean().default(false),
  force: z.boolean().default(false),
})

export const createInvite = z.strictObject({
  role: role.default('member'),
  expiresInS: z
    .number()
    .int()
    .min(10)
    .max(30 * 86_400)
    .default(900),
  uses: z.number().int().min(1).max(1_000).default(1),
  approve: z.boolean().default(false),
  /** Guests only: when the guest's membership ends. */
  guestUntil: timeMs.optional(),
})
export type CreateInvite = z.input<typeof createInvite>

export const inviteStatus = z.enum(['open', 'used', 'expired', 'cancelled', 'closed'])
export const invite = z.object({
  id: z.string(),
  role,
  by: z.string(),
  createdAt: timeMs,
  expiresAt: timeMs,
  uses: z.number().int(),
  used: z.number().int(),
  approve: z.boolean(),
  status: inviteStatus,
})
export type Invite = z.infer<typeof invite>

/** The secret leaves the node once, in this reply. */
export const createdInvite = invite.extend({ ticket: z.string(), ticketQr: z.string() })
export type CreatedInvite = z.infer<typeof createdInvite>

export const joinRequest = z.strictObject({
  ticket: z.string().min(1).max(1_024),
  deviceName: nameText.optional(),
})
export type JoinRequest = z.input<typeof joinRequest>

/** One line each of the NDJSON answer to `POST /api/v1/joins`. */
export const joinProgress = z.discriminatedUnion('step', [
  z.object({ step: z.literal('ticket'), network: z.string(), role, expiresAt: timeMs }),
  z.object({ step: z.literal('dialling'), addresses: z.array(z.string()) }),
  z.object({
    step: z.literal('reached'),
    device: z.string(),
    address: z.string(),
    elapsedMs: z.number(),
  }),
  z.object({ step: z.literal('pending'), words: z.array(z.string()), waitMs: z.number() }),
  z.object({
    step: z.literal('joined'),
    network,
    device: z.string(),
    warnings: z.array(z.string()),
  }),
  z.object({
    step: z.literal('failed'),
    code: z.string(),
    detail: z.string(),
    hint: z.string().optional(),
  }),
])
export type JoinProgress = z.infer<typeof joinProgress>

/** A device that waits for approval here. */
export const pendingJoin = z.object({
  id: z.string(),
  device: z.string(),
  name: z.string(),
  platform: z.string(),
  role,
  address: z.string(),
  words: z.array(z.string()),
  requestedAt: timeMs,
  expiresAt: timeMs,
  /** `approval`: the invite asks for it. `review`: a single-use invite was used twice in a partition, or its author was removed. */
  reason: z.enum(['approval', 'review']),
})
export type PendingJoin = z.infer<typeof pendingJoin>

export const receipt = z.object({ device: z.string(), name: z.string(), appliedAt: timeMs })
export const revocation = z.object({
  id: z.string(),
  device: z.string(),
  name: z.string(),
  by: z.string(),
  at: timeMs,
  reason: z.string(),
  receipts: z.array(receipt),
  waiting: z.array(z.object({ device: z.string(), name: z.string(), health })),
})
export type Revocation = z.infer<typeof revocation>
