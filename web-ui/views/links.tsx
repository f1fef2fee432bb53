import { type LinkPair, linkPairs } from '../link-pairs.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { PathMark } from '../parts/marks.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { deviceNamed, topology } from '../state.ts'
import { milliseconds, percent } from '../words.ts'
import { Ring } from './ring.tsx'

/** More rows than anybody reads; the command line gives them all. */
const ROWS_MAX = 60

/** Who is connected to whom, as each device says of itself: a drawing, and the same as a table. */
export function Links() {
  const seen = topology.value
  if (seen === null) return null
  const pairs = linkPairs(seen.links)
  return (
    <section class="panel" aria-labelledby="links">
      <div class="panel-head">
        <h2 id="links">Links</h2>
        <CommandChip command="asgard peers" />
      </div>
      <div class="links">
        <Ring pairs={pairs} />
        <LinkTable pairs={pairs} />
      </div>
    </section>
  )
}

function LinkTable({ pairs }: { pairs: readonly LinkPair[] }) {
  if (pairs.length === 0) return <p class="empty">No device is connected to another now.</p>
  return (
    <div class="scroll" role="group" aria-label="Links, scrollable" tabIndex={0}>
      <table class="plain">
        <thead>
          <tr>
            <th>Between</th>
            <th>And</th>
            <th>Path</th>
            <th class="number">Round trip</th>
            <th class="number">Loss</th>
            <th>Seen</th>
          </tr>
        </thead>
        <tbody>
          {pairs.slice(0, ROWS_MAX).map((pair) => (
            <LinkRow key={`${pair.one} ${pair.other}`} pair={pair} />
          ))}
        </tbody>
      </table>
      {pairs.length > ROWS_MAX ? <p class="facts">and {pairs.length - ROWS_MAX} more</p> : null}
    </div>
  )
}

function LinkRow({ pair }: { pair: LinkPair }) {
  return (
    <tr class={pair.isStale ? 'gone' : undefined}>
      <td>
        <RemoteText text={deviceNamed(pair.one)} max={32} />
      </td>
      <td>
        <RemoteText text={deviceNamed(pair.other)} max={32} />
      </td>
      <td>
        <PathMark kind={pair.kind} />
      </td>
      <td class="number">{milliseconds(pair.rttMs)}</td>
      <td class="number">{percent(pair.loss)}</td>
      <td>
        <When ms={pair.at} />
        {pair.isStale ? ' (old)' : null}
        {pair.onlySaidBy === null ? null : (
          <span class="facts">
            by <RemoteText text={deviceNamed(pair.onlySaidBy)} max={24} /> only
          </span>
        )}
      </td>
    </tr>
  )
}
