import type { Clock } from '../clock/clock.ts'
import type { PingOutcome } from './health-components.ts'
import type { Waiter } from './prober.ts'

export interface PingOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Sends one probe and waits for its answer. `probe` is false when there is no connection. */
export function pingOnce(
  clock: Clock,
  { timeoutMs, signal }: PingOptions,
  probe: (waiter: Waiter) => boolean,
): Promise<PingOutcome> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve({ kind: 'lost', reason: 'aborted' })
    const settle = (outcome: PingOutcome): void => {
      cancel()
      signal?.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    const onAbort = (): void => settle({ kind: 'lost', reason: 'aborted' })
    const cancel = clock.after(timeoutMs, () => settle({ kind: 'lost', reason: 'timeout' }))
    signal?.addEventListener('abort', onAbort)
    const isSent = probe(({ rttMs }) => settle({ kind: 'reply', rttMs }))
    if (!isSent) settle({ kind: 'lost', reason: 'not-connected' })
  })
}
