import { ApiError } from './api-error.ts'
import { problemOf } from './problem-reply.ts'

/**
 * Values as lines of JSON, pulled one at a time, so that a reader who does not read holds up its own source only.
 * The status is sent before the first line; a later failure becomes a last line `{"kind":"problem",…}`.
 */
export function linesReply(lines: AsyncIterable<unknown>, stop: AbortController): Response {
  const iterator = lines[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  const encode = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await iterator.next()
        if (next.done === true) controller.close()
        else controller.enqueue(encode(next.value))
      } catch (error) {
        if (stop.signal.aborted) return
        const failure =
          error instanceof ApiError ? error : new ApiError('INTERNAL', 'the stream broke off')
        controller.enqueue(encode({ kind: 'problem', ...problemOf(failure) }))
        controller.close()
      }
    },
    cancel() {
      stop.abort()
      // Not awaited: a generator that waits for something else would hold up the closing of the connection.
      iterator.return?.().then(undefined, () => undefined)
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
}
