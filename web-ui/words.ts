import type { Health, PathKind, Role } from '../node/api/contract/common.ts'
import type { Device } from '../node/api/contract/device.ts'

/** The words of the command line, so that both say the same. */
export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  self: 'this device',
  alive: 'alive',
  suspect: 'suspect',
  failed: 'failed',
  left: 'left',
  unknown: 'unknown',
}

export const HEALTH_MEANINGS: Readonly<Record<Health, string>> = {
  self: 'The device that serves this page.',
  alive: 'It answers.',
  suspect: 'It has missed answers; others are being asked.',
  failed: 'It does not answer any more.',
  left: 'It has left the network or said good-bye.',
  unknown: 'Nothing has been heard of it yet.',
}

/** What there is to say about who is not simply a member. */
export const MEMBERSHIP_WORDS: Readonly<Record<Exclude<Device['membership'], 'member'>, string>> = {
  expired: 'membership expired',
  review: 'under review',
  left: 'has left',
  revoked: 'removed',
}

export const PATH_MEANINGS: Readonly<Record<PathKind, string>> = {
  local: 'On the same network.',
  direct: 'Straight across the internet.',
  'hole-punched': 'Straight across, through both routers.',
  relayed: 'By way of another of your devices.',
}

export const ROLES: readonly Role[] = ['owner', 'admin', 'operator', 'member', 'guest']

export const ROLE_MEANINGS: Readonly<Record<Role, string>> = {
  owner: 'may do everything, also make owners',
  admin: 'admits and removes devices',
  operator: 'runs actions and manages services',
  member: 'uses what is there',
  guest: 'uses what is named, for a time',
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' })

export function ago(thenMs: number, nowMs: number): string {
  const s = Math.round((thenMs - nowMs) / 1_000)
  const size = Math.abs(s)
  if (size < 10) return 'now'
  if (size < 90) return relative.format(Math.round(s / 5) * 5, 'second')
  if (size < 5_400) return relative.format(Math.round(s / 60), 'minute')
  if (size < 129_600) return relative.format(Math.round(s / 3_600), 'hour')
  return relative.format(Math.round(s / 86_400), 'day')
}

const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })

export function exactly(ms: number): string {
  return absolute.format(ms)
}

const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

export function timeOfDay(ms: number): string {
  return clock.format(ms)
}

export function milliseconds(ms: number | null): string {
  if (ms === null) return '–'
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}

export function percent(share: number): string {
  return `${share < 0.1 && share > 0 ? (share * 100).toFixed(1) : Math.round(share * 100)} %`
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let at = 0
  let value = count
  while (value >= 1_000 && at < units.length - 1) {
    value /= 1_000
    at += 1
  }
  return `${value < 10 && at > 0 ? value.toFixed(1) : Math.round(value)} ${units[at]}`
}

export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A device's name as an argument of the shell, or its id where a name would need quoting that people get wrong. */
export function argument(name: string, id: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? name : id
}
