import type { Topology } from '../../node/api/contract/mesh.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { PathMark } from '../parts/marks.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { deviceNamed, topology } from '../state.ts'
import { milliseconds, percent } from '../words.ts'
import { Ring } from './ring.tsx'

/** Who is connected to whom, as each device says of itself: a drawing, and the same as a table. */
export function Links() {
  const seen = topology.value
  if (seen === null) return null
  return (
    <section class="panel" aria-labelledby="links">
      <div class="panel-head">
        <h2 id="links">Links</h2>
        <CommandChip command="asgard peers" />
      </div>
      <div class="links">
        <Ring topology={seen} />
        <LinkTable links={seen.links} />
      </div>
    </section>
  )
}

function LinkTable({ links }: Pick<Topology, 'links'>) {
  if (links.length === 0) return <p class="empty">No device is connected to another now.</p>
  return (
    <div class="scroll" role="group" aria-label="Links, scrollable" tabIndex={0}>
      <table class="plain">
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th>Path</th>
            <th class="number">Round trip</th>
            <th class="number">Loss</th>
            <th>Said</th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={`${link.from} ${link.to}`} class={link.isStale ? 'gone' : undefined}>
              <td>
                <RemoteText text={deviceNamed(link.from)} max={32} />
              </td>
              <td>
                <RemoteText text={deviceNamed(link.to)} max={32} />
              </td>
              <td>
                <PathMark kind={link.kind} />
              </td>
              <td class="number">{milliseconds(link.rttMs)}</td>
              <td class="number">{percent(link.loss)}</td>
              <td>
                <When ms={link.at} />
                {link.isStale ? ' (old)' : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
