import { z } from 'zod'
import type { Clock } from '../../src/clock/clock.ts'
import { ApiError } from './api-error.ts'
import type { Backend, NetworkBackend } from './backend.ts'
import type { Caller } from './caller.ts'
import type { Credentials } from './credentials.ts'
import type { FailureLimiter } from './failure-limiter.ts'
import type { Refusals } from './refusals.ts'

/** What routes are made of. */
export interface ApiContext {
  readonly backend: Backend
  readonly credentials: Credentials
  readonly clock: Clock
  readonly refusals: Refusals
  readonly failures: FailureLimiter
  /** Where the page is served, or null when the loopback door is shut. */
  readonly pageUrl: () => string | null
}

const selector = z.string().min(1).max(512)
export const networkParams = z.strictObject({ network: selector })
export const deviceParams = z.strictObject({ network: selector, device: selector })

/** The network a request names; a caller from another device sees the one it is a member of and no other. */
export function networkOf(context: ApiContext, caller: Caller, name: string): NetworkBackend {
  if (caller.door === 'mesh') {
    const own = context.backend.network(caller.network)
    if (name === 'current' || context.backend.network(name).id === own.id) return own
    throw new ApiError('NETWORK_UNKNOWN', 'there is no such network here')
  }
  return context.backend.network(name === 'current' ? undefined : name)
}

/** Flags in an address are words: `?follow=true`. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
