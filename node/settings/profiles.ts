import type { Settings } from './schema.ts'

export const PROFILE_NAMES = ['lan', 'wan', 'test'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** Devices of one home or office, found by multicast. */
const lan = (name: string): Settings => ({
  node: { name, kind: 'other' },
  listen: { addresses: ['0.0.0.0', '::'], port: 41_641 },
  discovery: { mdns: true, addresses: [], dht: true },
  api: { port: 7_077, ui: true },
  log: { level: 'info', format: 'json' },
  reach: { relay: true, webrtc: false },
})

/** A rented machine on the internet: multicast would reach nobody there but other customers. */
const wan = (name: string): Settings => ({
  ...lan(name),
  discovery: { mdns: false, addresses: [], dht: true },
})

/** Several nodes on one machine: loopback only, no fixed ports, no multicast. */
const test = (name: string): Settings => ({
  ...lan(name),
  listen: { addresses: ['127.0.0.1'], port: 0 },
  discovery: { mdns: false, addresses: [], dht: true },
  api: { port: 0, ui: true },
})

const PROFILES: Readonly<Record<ProfileName, (name: string) => Settings>> = { lan, wan, test }

export const DEFAULT_PROFILE: ProfileName = 'lan'

export const isProfileName = (text: string): text is ProfileName => Object.hasOwn(PROFILES, text)

/** All settings of a profile; `hostName` is what the device is called as long as nobody names it. */
export function profileSettings(profile: ProfileName, hostName: string): Settings {
  return PROFILES[profile](nameFrom(hostName))
}

/** A host name may be empty, too long, or hold what no name may hold. */
function nameFrom(hostName: string): string {
  const name = (hostName.split('.')[0] ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 63)
    .trim()
  return name === '' ? 'device' : name
}
