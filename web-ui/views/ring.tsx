import type { Device } from '../../node/api/contract/device.ts'
import type { LinkPair } from '../link-pairs.ts'
import { HealthShape } from '../parts/marks.tsx'
import { devices } from '../state.ts'
import { visibleParts } from '../visible-text.ts'

/** With more, a ring is a ball of wool; the table serves. */
const DEVICES_MAX = 32
const WIDTH = 420
const HEIGHT = 320
const NAME_MAX = 14

/**
 * The devices in a circle, in the order of their ids, so that nobody moves when something changes. A drawing for the
 * eye only: the table beside it says the same.
 */
export function Ring({ pairs }: { pairs: readonly LinkPair[] }) {
  const placed = place(devices.value)
  if (placed.size > DEVICES_MAX || placed.size < 2) return null
  return (
    <svg class="ring" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {pairs.map((link) => {
        const from = placed.get(link.one)
        const to = placed.get(link.other)
        if (from === undefined || to === undefined) return null
        const bend = `Q${WIDTH / 2} ${HEIGHT / 2} ${to.x} ${to.y}`
        const kind = `link path-${link.kind} ${link.isStale ? 'old' : ''}`
        return (
          <path key={`${link.one} ${link.other}`} class={kind} d={`M${from.x} ${from.y}${bend}`} />
        )
      })}
      {[...placed.values()].map(({ device, x, y }) => (
        <g key={device.id} class={`node health health-${device.health}`}>
          <circle class="halo" cx={x} cy={y} r="13" />
          <svg x={x - 8} y={y - 8} width="16" height="16" viewBox="0 0 16 16">
            <HealthShape health={device.health} />
          </svg>
          <text x={x} y={y + (y < HEIGHT / 2 ? -20 : 30)} text-anchor="middle">
            {visibleParts(device.name, { max: NAME_MAX }).map((part) => part.text)}
          </text>
        </g>
      ))}
    </svg>
  )
}

interface Placed {
  readonly device: Device
  readonly x: number
  readonly y: number
}

function place(all: readonly Device[]): ReadonlyMap<string, Placed> {
  const members = all.filter((device) => device.health !== 'left')
  const ordered = members.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return new Map(
    ordered.map((device, at) => {
      const angle = (at / ordered.length) * 2 * Math.PI - Math.PI / 2
      const x = Math.round(WIDTH / 2 + Math.cos(angle) * (WIDTH / 2 - 70))
      const y = Math.round(HEIGHT / 2 + Math.sin(angle) * (HEIGHT / 2 - 52))
      return [device.id, { device, x, y }]
    }),
  )
}
