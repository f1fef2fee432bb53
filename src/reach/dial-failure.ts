import type { DialOutcome } from '../discovery/dial-outcome.ts'

const BY_ERRNO: Readonly<Record<string, DialOutcome['outcome']>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
}

const BY_NAME: Readonly<Record<string, DialOutcome['outcome']>> = {
  TimeoutError: 'timeout',
  AbortError: 'timeout',
  UnexpectedPeerError: 'wrong-device',
  InvalidCryptoExchangeError: 'wrong-device',
  DialDeniedError: 'denied',
}

/** What a failed dial means. libp2p wraps the system's errors, several deep and several at once. */
export function dialFailure(err: unknown): DialOutcome {
  const causes = [...flatten(err, 0)]
  for (const cause of causes) {
    const outcome = BY_ERRNO[cause.code ?? ''] ?? BY_NAME[cause.name]
    if (outcome !== undefined) return { outcome, detail: cause.message }
  }
  return { outcome: 'failed', detail: causes[0]?.message ?? String(err) }
}

const DEPTH_MAX = 4

function* flatten(err: unknown, depth: number): Generator<Error & { readonly code?: string }> {
  if (!(err instanceof Error) || depth > DEPTH_MAX) return
  if (err instanceof AggregateError)
    for (const inner of err.errors) yield* flatten(inner, depth + 1)
  yield* flatten(err.cause, depth + 1)
  yield err
}
