import type { EventType } from '../../node/api/contract/mesh.ts'
import { foldEvents } from '../fold-events.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { recentEvents } from '../state.ts'

const LINES_MAX = 16

export function RecentEvents() {
  return (
    <aside class="panel events" aria-labelledby="events">
      <div class="panel-head">
        <h2 id="events">Recent events</h2>
        <CommandChip command="asgard events -f" />
      </div>
      {recentEvents.value.length === 0 ? (
        <p class="empty">Nothing has happened since the node started.</p>
      ) : null}
      <ol>
        {foldEvents(recentEvents.value, LINES_MAX).map(({ event, times }) => (
          <li key={event.seq} class={`event tone-${toneOf(event.type)}`}>
            <p>
              <RemoteText text={event.text} max={240} />
            </p>
            <p class="facts">
              <code>{event.type}</code> · <When ms={event.time} />
              {times === 1 ? null : ` · ${times} times`}
            </p>
          </li>
        ))}
      </ol>
    </aside>
  )
}

const BAD: ReadonlySet<EventType> = new Set<EventType>([
  'device:revoked',
  'topology:partition',
  'replica:quarantined',
  'replica:forked',
  'trust:forked',
  'gate:refused',
  'join:refused',
])
const GOOD: ReadonlySet<EventType> = new Set<EventType>([
  'network:created',
  'network:joined',
  'device:admitted',
  'join:approved',
  'topology:healed',
  'link:opened',
])

function toneOf(type: EventType): 'bad' | 'good' | 'plain' {
  if (BAD.has(type)) return 'bad'
  return GOOD.has(type) ? 'good' : 'plain'
}
