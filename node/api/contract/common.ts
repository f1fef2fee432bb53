import { z } from 'zod'

/** What may be shown of any text a person or a remote device chose: no control characters, bounded. */
export const nameText = z
  .string()
  .trim()
  .min(1)
  .max(63)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'must not contain control or invisible characters')
export const noteText = z.string().max(4_096)
export const tagText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a tag is a-z, 0-9 and "-", at most 32 characters')

export const role = z.enum(['owner', 'admin', 'operator', 'member', 'guest'])
export type Role = z.infer<typeof role>

/** SWIM's words, as seen by the observer that answers. `self` is the answering device. */
export const health = z.enum(['self', 'alive', 'suspect', 'failed', 'left', 'unknown'])
export type Health = z.infer<typeof health>

export const pathKind = z.enum(['local', 'direct', 'hole-punched', 'relayed'])
export type PathKind = z.infer<typeof pathKind>

/** Milliseconds since 1970 by the clock of the device that says it. */
export const timeMs = z.number().int().nonnegative()

/** RFC 9457. `code` is stable; `hint` is the next command or step. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
