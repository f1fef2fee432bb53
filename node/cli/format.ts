import type { Health, Role } from '../api/contract/common.ts'
import type { Device, Path } from '../api/contract/device.ts'
import { safeText } from './safe-text.ts'
import type { Output } from './output.ts'
import type { Style } from './terminal.ts'

const SECOND = 1_000

/** `3d 4h`, `12 min`, `45 s`: at most two units, the way people say it. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours}h${minutes % 60 === 0 ? '' : ` ${minutes % 60}min`}`
  return `${Math.floor(hours / 24)}d${hours % 24 === 0 ? '' : ` ${hours % 24}h`}`
}

export function agoText(at: number | null, now: number): string {
  if (at === null) return 'never'
  return now - at < 2 * SECOND ? 'now' : `${durationText(now - at)} ago`
}

export function clockText(at: number): string {
  const time = new Date(at)
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`
}

/** Local time, sortable: `2026-11-20 14:32:05`. */
export function timeText(at: number): string {
  const time = new Date(at)
  const day = `${time.getFullYear()}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`
  return `${day} ${clockText(at)}:${twoDigits(time.getSeconds())}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

export function msText(ms: number | null): string {
  if (ms === null) return '—'
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}

const UNITS = ['B', 'k', 'M', 'G', 'T']

export function bytesText(bytes: number | null): string {
  if (bytes === null) return '—'
  let value = bytes
  let unit = 0
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`
}

/** `…j9eJUqb`: ids of Ed25519 keys all begin alike. */
export const shortId = (id: string): string => `…${id.slice(-7)}`

/** Names for people: our own are marked, ids stand in for empty ones. */
export const nameOf = (device: Pick<Device, 'id' | 'name'>): string =>
  device.name.trim() === '' ? shortId(device.id) : safeText(device.name, 200)

const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  self: 'this one',
  alive: 'online',
  suspect: 'suspect',
  failed: 'offline',
  left: 'left',
  unknown: 'unknown',
}

const MEMBERSHIP_WORDS: Readonly<Record<Exclude<Device['membership'], 'member'>, string>> = {
  expired: 'expired',
  review: 'in review',
  left: 'left',
  revoked: 'revoked',
}

/** Whether it is here, or why it cannot be. */
export function stateWord(device: Pick<Device, 'health' | 'isSelf' | 'membership'>): string {
  if (device.membership === 'member') return healthWord(device.health)
  return MEMBERSHIP_WORDS[device.membership]
}

export const healthWord = (health: Health): string => HEALTH_WORDS[health]

/** Never colour alone: a sign, and a word beside it. */
export function healthSign(output: Output, health: Health): string {
  if (health === 'self' || health === 'alive') return output.mark('●', '*')
  return health === 'suspect' ? output.mark('◐', '~') : output.mark('○', 'o')
}

export function healthStyle(sign: string): Style | undefined {
  if (sign === '●' || sign === '*') return 'green'
  return sign === '◐' || sign === '~' ? 'yellow' : 'dim'
}

/** `direct tcp 192.168.1.9`, `relay vps`. */
export function pathText(path: Path | null): string {
  if (path === null) return '—'
  if (path.kind === 'relayed') return `relay ${path.via ?? '?'}`
  return `${path.kind} ${path.transport} ${hostOf(path.address)}`
}

/** A multiaddr without the id that it ends in; whose it is stands beside it. */
export const addressText = (address: string): string =>
  safeText(address.replace(/\/p2p\/[^/]+$/, ''), 300)

/** An id is shown by its end, a name whole. */
export const nameOrId = (text: string): string =>
  text.length > 40 && !/\s/.test(text) ? shortId(text) : safeText(text, 80)

/** The part of a multiaddr that tells a person where it leads. */
function hostOf(address: string): string {
  return /^\/(?:ip4|ip6|dns|dns4|dns6|dnsaddr)\/([^/]+)/.exec(address)?.[1] ?? address
}

export const roleWord = (role: Role | null): string => role ?? '—'

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
