import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { KnownAddress } from './address-book-codec.ts'
import type { DialAttempt, DialOutcome } from './dial-outcome.ts'
import { STAGGER_MS } from './discovery-limits.ts'

/** Dials one address; `/p2p/<device>` is the caller's to append. Does not reject, and ends soon after an abort. */
export type Dial = (device: DeviceId, address: string, signal: AbortSignal) => Promise<DialOutcome>

export interface DialRaceNeeds {
  readonly clock: Clock
  readonly dial: Dial
  /** Told of each result as it comes. */
  attempted(attempt: DialAttempt): void
}

/**
 * Tries the addresses in order, each a little after the one before or as soon as that failed; the first
 * connection ends the others. Returns what came of each address that was tried and not merely overtaken.
 */
export async function dialRace(
  needs: DialRaceNeeds,
  device: DeviceId,
  addresses: readonly KnownAddress[],
  options: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<readonly DialAttempt[]> {
  const { clock, dial } = needs
  const attempts: DialAttempt[] = []
  const over = new AbortController()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const onAbort = (): void => end()
  options.signal.addEventListener('abort', onAbort)
  const running = new Map<KnownAddress, { readonly at: number; readonly startedMs: number }>()
  let next = 0
  let cancelStagger: (() => void) | undefined

  const record = (known: KnownAddress, result: DialOutcome): void => {
    const start = running.get(known)
    if (start === undefined) return
    running.delete(known)
    const durationMs = clock.monotonic() - start.startedMs
    const { address, source } = known
    const attempt = { address, source, at: start.at, durationMs, ...result }
    attempts.push(attempt)
    needs.attempted(attempt)
  }
  const startNext = (): void => {
    cancelStagger?.()
    const known = addresses[next]
    if (known === undefined) {
      if (running.size === 0) end()
      return
    }
    next++
    running.set(known, { at: clock.now(), startedMs: clock.monotonic() })
    if (next < addresses.length) cancelStagger = clock.after(STAGGER_MS, startNext)
    void dial(device, known.address, over.signal).then((result) => {
      if (over.signal.aborted) return
      record(known, result)
      if (result.outcome === 'connected') end()
      else startNext()
    })
  }

  const cancelDeadline = clock.after(options.deadlineMs, () => {
    for (const known of [...running.keys()]) {
      record(known, {
        outcome: 'timeout',
        detail: `no answer within ${Math.round(options.deadlineMs / 1_000)} s`,
      })
    }
    end()
  })
  if (options.signal.aborted) end()
  else startNext()
  await ended
  over.abort()
  cancelStagger?.()
  cancelDeadline()
  options.signal.removeEventListener('abort', onAbort)
  return attempts
}
