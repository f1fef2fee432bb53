import type { KnownAddress } from './address-book-codec.ts'

/** One of our own addresses with its prefix length, as `os.networkInterfaces()` gives them (`192.168.1.7/24`). */
export type OwnAddress = string

/**
 * In which order to try: the last good one, the machine it was connected from last, our own machine and
 * subnets, private ones, others, relayed ones.
 */
export function addressOrder(
  addresses: readonly KnownAddress[],
  own: readonly OwnAddress[],
  lastIp?: string,
): readonly KnownAddress[] {
  const newestSuccess = Math.max(0, ...addresses.map((known) => known.lastSuccessAt ?? 0))
  const rank = (known: KnownAddress): number => {
    if (newestSuccess > 0 && known.lastSuccessAt === newestSuccess) return 0
    const ip = ipOf(known.address)
    const isRelayed = known.address.includes('/p2p-circuit')
    if (isRelayed) return 6
    if (ip === undefined) return 5
    if (ip === lastIp) return 1
    if (own.some((address) => isSameSubnet(ip, address))) return 2
    return isPrivateIp(ip) ? 3 : 4
  }
  return addresses.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (b.lastSuccessAt ?? 0) - (a.lastSuccessAt ?? 0) ||
      a.failures - b.failures,
  )
}

/** The IP address that a multiaddr starts with. */
export function ipOf(address: string): string | undefined {
  return /^\/ip[46]\/([0-9a-fA-F.:]+)(\/|$)/.exec(address)?.[1]
}

function isPrivateIp(ip: string): boolean {
  return /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|::1$|fe80:|f[cd])/i.test(ip)
}

function isSameSubnet(ip: string, own: OwnAddress): boolean {
  const [ownIp, prefix] = own.split('/')
  if (ownIp === undefined || prefix === undefined) return false
  const [a, b] = [bitsOf(ip), bitsOf(ownIp)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  return a.slice(0, Number(prefix)) === b.slice(0, Number(prefix))
}

/** The address as a string of 32 or 128 binary digits. */
function bitsOf(ip: string): string | undefined {
  if (ip.includes('.')) {
    const parts = ip.split('.').map(Number)
    return parts.length === 4
      ? parts.map((part) => part.toString(2).padStart(8, '0')).join('')
      : undefined
  }
  const [head = '', tail] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - left.length - right.length
  if (missing < 0) return undefined
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
