import type { EventFrame } from '../api/contract/mesh.ts'
import type { CliContext } from './cli-context.ts'
import { apiPath } from './client.ts'

export interface FollowOptions {
  readonly since?: number
  readonly signal?: AbortSignal
}

/** Events from now (or after `since`) until Ctrl-C; the first frame, a heartbeat, says that following has begun. */
export function followEvents(
  context: CliContext,
  options: FollowOptions,
): AsyncIterable<EventFrame> {
  const { interrupted } = context.terminal
  const signal =
    options.signal === undefined ? interrupted : AbortSignal.any([interrupted, options.signal])
  const since = options.since === undefined ? '' : `&since=${options.since}`
  return context.client.stream<EventFrame>(
    'GET',
    `${apiPath`events`}?follow=true${since}`,
    undefined,
    signal,
  )
}
