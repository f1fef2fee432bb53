import type { EventFrame } from '../api/contract/mesh.ts'
import type { CliContext } from './cli-context.ts'
import { apiPath } from './client.ts'

/** Events from now until Ctrl-C or `end`; the first frame, a heartbeat, says that following has begun. */
function followEvents(context: CliContext, end?: AbortSignal): AsyncIterable<EventFrame> {
  const { interrupted } = context.terminal
  const signal = end === undefined ? interrupted : AbortSignal.any([interrupted, end])
  const path = `${apiPath`events`}?follow=true`
  return context.client.stream<EventFrame>('GET', path, undefined, signal)
}

/** As `followEvents`, once following has begun: what happens after this is not missed. */
export async function openEvents(
  context: CliContext,
  end?: AbortSignal,
): Promise<AsyncIterable<EventFrame>> {
  const frames = followEvents(context, end)[Symbol.asyncIterator]()
  await frames.next()
  return { [Symbol.asyncIterator]: () => frames }
}
