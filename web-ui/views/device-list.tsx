import { computed, signal } from '@preact/signals'
import type { Device } from '../../node/api/contract/device.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { HealthMark, PathMark } from '../parts/marks.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { open } from '../route.ts'
import { devices, shortId } from '../state.ts'
import { visibleString } from '../visible-text.ts'
import { MEMBERSHIP_WORDS, milliseconds } from '../words.ts'

/** Fewer are found faster by eye. */
const FILTER_FROM = 7

const filter = signal('')
const shown = computed(() => {
  const wanted = filter.value.trim().toLowerCase()
  if (wanted === '') return devices.value
  return devices.value.filter((device) =>
    searchable(device).some((text) => text.toLowerCase().includes(wanted)),
  )
})

export function DeviceList() {
  return (
    <section class="panel" aria-labelledby="devices">
      <div class="panel-head">
        <h2 id="devices">Devices</h2>
        {devices.value.length >= FILTER_FROM ? (
          <label class="filter">
            <span class="visually-hidden">Filter devices</span>
            <input
              type="search"
              placeholder="Name, tag, role, state…"
              value={filter.value}
              onInput={(event) => {
                filter.value = event.currentTarget.value
              }}
            />
          </label>
        ) : null}
        <CommandChip command="asgard device ls" />
      </div>
      {/* Roles are spelt out: on narrow screens the table is laid out as cards, which would take them away. */}
      <table class="devices" role="table" aria-labelledby="devices">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">Device</th>
            <th role="columnheader">State</th>
            <th role="columnheader">Path</th>
            <th role="columnheader" class="number">
              Round trip
            </th>
            <th role="columnheader">Role</th>
            <th role="columnheader">Last seen</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.value.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </tbody>
      </table>
      {shown.value.length === 0 ? <p class="empty">No device fits “{filter.value}”.</p> : null}
    </section>
  )
}

function DeviceRow({ device }: { device: Device }) {
  const { id, name, path } = device
  return (
    <tr
      role="row"
      class={device.health === 'failed' || device.health === 'left' ? 'gone' : undefined}
    >
      <td role="cell" class="cell-name">
        <button
          type="button"
          class="row"
          aria-label={`Open ${visibleString(name)}`}
          onClick={() => open({ kind: 'device', id })}
        >
          <RemoteText text={name} max={64} />
        </button>
        <span class="facts">
          <span title={id}>{shortId(id)}</span>
          {device.tags.map((tag) => (
            <span key={tag} class="tag">
              <RemoteText text={tag} max={32} />
            </span>
          ))}
          {device.membership === 'member' ? null : (
            <span class="flag">{MEMBERSHIP_WORDS[device.membership]}</span>
          )}
          {device.flags.map((flag) => (
            <span key={flag.code} class="flag" title={visibleString(flag.detail)}>
              <RemoteText text={flag.code} max={32} />
            </span>
          ))}
        </span>
      </td>
      <td role="cell" class="cell-health">
        <HealthMark health={device.health} />
      </td>
      <td role="cell" class={path === null ? 'cell-path cell-none' : 'cell-path'}>
        {path === null ? <span class="none">–</span> : <PathMark kind={path.kind} />}
      </td>
      <td role="cell" class={path === null ? 'cell-rtt cell-none number' : 'cell-rtt number'}>
        {path === null ? <span class="none">–</span> : milliseconds(path.rttMs)}
      </td>
      <td role="cell" class="cell-role">
        {device.role ?? 'none'}
      </td>
      <td role="cell" class="cell-seen">
        {device.isSelf ? 'now' : <When ms={device.lastSeenAt} />}
      </td>
    </tr>
  )
}

function searchable(device: Device): readonly string[] {
  return [
    device.name,
    device.id,
    device.role ?? '',
    device.health,
    device.kind,
    device.path?.kind ?? '',
    ...device.tags,
  ]
}
