import type { DeviceId } from '../../src/identity/device-id.ts'
import type { PingLine } from '../api/contract/device.ts'
import type { Mesh } from '../mesh/mesh.ts'
import type { NetworkView } from './network-view.ts'

export interface PingRequest {
  readonly count: number
  readonly intervalMs: number
  readonly timeoutMs: number
}

const REASONS = {
  'not-connected': 'not connected',
  timeout: 'no reply in time',
  aborted: 'interrupted',
} as const

/** Probes a device over the path in use; one that is not connected is dialled meanwhile. */
export async function* ping(
  { health, dials, links, clock }: Mesh,
  view: NetworkView,
  device: DeviceId,
  request: PingRequest,
  signal: AbortSignal,
): AsyncIterable<PingLine> {
  const rtts: number[] = []
  let sent = 0
  if (!links.isUp(device)) dials.request(device)
  try {
    while (sent < request.count && !signal.aborted) {
      const seq = ++sent
      const outcome = await health.ping(device, { timeoutMs: request.timeoutMs, signal })
      const path = view.path(device)
      if (outcome.kind === 'reply' && path !== null) {
        rtts.push(outcome.rttMs)
        yield { kind: 'reply', seq, rttMs: outcome.rttMs, path }
      } else {
        const reason = outcome.kind === 'lost' ? REASONS[outcome.reason] : 'the connection ended'
        yield { kind: 'lost', seq, reason }
      }
      if (sent < request.count) await pause(clock, request.intervalMs, signal)
    }
  } finally {
    dials.release(device)
  }
  const sum = rtts.reduce((total, rtt) => total + rtt, 0)
  yield {
    kind: 'summary',
    sent,
    received: rtts.length,
    minMs: rtts.length === 0 ? null : Math.min(...rtts),
    avgMs: rtts.length === 0 ? null : sum / rtts.length,
    maxMs: rtts.length === 0 ? null : Math.max(...rtts),
  }
}

function pause(clock: Mesh['clock'], delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(delayMs, done)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
