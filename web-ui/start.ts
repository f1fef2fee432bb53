import type { Event, EventFrame, Status, Topology } from '../node/api/contract/mesh.ts'
import type { Revocation } from '../node/api/contract/network.ts'
import { ask, askLines, hasToken, keepToken, RequestError, whenSignedOut } from './api-client.ts'
import { LiveFeed } from './live-feed.ts'
import {
  announcement,
  freshness,
  nowMs,
  recentEvents,
  revocations,
  signIn,
  status,
  topology,
} from './state.ts'

const EVENTS_SHOWN_MAX = 60
/** Round trips and "last seen" change without events. */
const REFRESH_MS = 10_000
/** Several events of one change arrive together; one reading serves them all. */
const GATHER_MS = 60
/** A short break of the line is not worth a word. */
const STALE_AFTER_MS = 4_000

export async function start(): Promise<void> {
  whenSignedOut(() => {
    signIn.value = 'ended'
  })
  const code = /^#t=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1]
  // The code must not stay in the address bar or the history, whatever comes of it.
  if (code !== undefined) history.replaceState(null, '', '#/')
  if (code !== undefined && !(await exchange(code))) return
  if (!hasToken()) {
    signIn.value = 'none'
    return
  }
  await load()
  setInterval(() => {
    nowMs.value = Date.now()
  }, 5_000)
  setInterval(() => {
    if (document.visibilityState === 'visible') void refresh()
  }, REFRESH_MS)
}

async function exchange(launch: string): Promise<boolean> {
  try {
    const { token } = await ask<{ token: string }>('POST', 'session', { launch })
    keepToken(token)
    return true
  } catch (error) {
    const isBadLink = error instanceof RequestError && error.code !== 'UNREACHABLE'
    if (isBadLink && hasToken()) return true
    signIn.value = isBadLink ? 'link' : 'unreachable'
    return false
  }
}

async function load(): Promise<void> {
  await refresh()
  if (status.value === null) {
    if (signIn.value === 'starting') signIn.value = 'unreachable'
    if (signIn.value === 'unreachable') setTimeout(() => void load(), 2_000)
    return
  }
  signIn.value = 'in'
  await loadEvents()
  const feed = new LiveFeed({
    onLive: () => {
      clearTimeout(lost)
      lost = undefined
      if (freshness.value.kind !== 'live') void refresh().then(markLive)
    },
    onEvent: (event) => {
      remember(event)
      gather()
    },
    onGap: () => {
      freshness.value = { kind: 'catching-up' }
      void Promise.all([refresh(), loadEvents()]).then(markLive)
    },
    onLost: () => {
      if (freshness.value.kind === 'live') freshness.value = { kind: 'catching-up' }
      const sinceMs = Date.now()
      lost ??= setTimeout(() => {
        freshness.value = { kind: 'stale', sinceMs }
      }, STALE_AFTER_MS)
    },
  })
  feed.start()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    nowMs.value = Date.now()
    feed.wake()
    void refresh()
  })
}

let lost: ReturnType<typeof setTimeout> | undefined

function markLive(): void {
  if (lost === undefined) freshness.value = { kind: 'live' }
}

let gathering: ReturnType<typeof setTimeout> | undefined

function gather(): void {
  gathering ??= setTimeout(() => {
    gathering = undefined
    void refresh()
  }, GATHER_MS)
}

let reading: Promise<void> | undefined
let isStale = false

/** Reads the state. While a reading runs, further calls lead to exactly one more after it. */
export function refresh(): Promise<void> {
  if (reading !== undefined) {
    isStale = true
    return reading
  }
  reading = read().finally(() => {
    reading = undefined
  })
  return reading
}

async function read(): Promise<void> {
  do {
    isStale = false
    try {
      const next = await ask<Status>('GET', 'status')
      if (next.summary !== status.value?.summary) announcement.value = next.summary
      status.value = next
      nowMs.value = Date.now()
      await readNetwork(next)
    } catch {
      // Said by the freshness sign; the next beat, event or look at the page tries again.
      return
    }
  } while (isStale)
}

async function readNetwork({ network }: Status): Promise<void> {
  if (network === null || network.status !== 'active') return
  const root = `networks/${network.id}`
  const [links, removed] = await Promise.all([
    ask<Topology>('GET', `${root}/topology`),
    ask<{ items: Revocation[] }>('GET', `${root}/revocations?limit=50`),
  ])
  topology.value = links
  revocations.value = removed.items
}

async function loadEvents(): Promise<void> {
  const events: Event[] = []
  try {
    for await (const frame of askLines<EventFrame>('GET', 'events')) {
      if (frame.kind === 'event') events.push(frame.event)
    }
  } catch {
    // What happened before is nice to have; what happens next comes by the feed.
  }
  recentEvents.value = events.slice(-EVENTS_SHOWN_MAX).reverse()
}

function remember(event: Event): void {
  if (recentEvents.value[0]?.seq === event.seq) return
  recentEvents.value = [event, ...recentEvents.value].slice(0, EVENTS_SHOWN_MAX)
  if (event.type === 'join:requested') announcement.value = 'A device asks to join.'
}
