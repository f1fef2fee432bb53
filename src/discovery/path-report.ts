import type { HealthCause, HealthState } from '../health/peer-health.ts'
import type { DialAttempt, DialResult } from './dial-outcome.ts'

export type PathSituation =
  | 'self'
  | 'left'
  | 'direct'
  | 'relayed'
  | 'silent'
  | 'stopped'
  | 'refused'
  | 'own-network-down'
  | 'seen-by-others'
  | 'no-address'
  | 'wrong-device'
  | 'denied'
  | 'unreachable'
  | 'timeout'
  | 'dialling'
  | 'not-a-neighbour'

export interface PathFacts {
  readonly name: string
  readonly isSelf: boolean
  readonly state: HealthState
  readonly cause: HealthCause
  readonly isConnected: boolean
  readonly isRelayed: boolean
  /** False in networks too large for everybody to connect to everybody. */
  readonly isTarget: boolean
  readonly addresses: number
  readonly attempts: readonly DialAttempt[]
  /** Names of the members that see it now. */
  readonly seenBy: readonly string[]
  /** Whether this device has any address beyond its own loopback. */
  readonly hasNetwork: boolean
  /** Whether this device is connected to anybody. */
  readonly hasPeers: boolean
}

export interface PathAdvice {
  readonly situation: PathSituation
  /** One or two sentences, the second of which says what to do next. */
  readonly advice: string
}

/** What is the matter with the way to a device, and what to do about it. */
export function pathAdvice(facts: PathFacts): PathAdvice {
  const situation = situationOf(facts)
  return { situation, advice: textOf(situation, facts) }
}

function situationOf(facts: PathFacts): PathSituation {
  if (facts.isSelf) return 'self'
  if (facts.state === 'left') return 'left'
  if (facts.isConnected) {
    if (facts.state === 'suspect' || facts.state === 'failed') return 'silent'
    return facts.isRelayed ? 'relayed' : 'direct'
  }
  if (!facts.hasNetwork && !facts.hasPeers) return 'own-network-down'
  if (facts.cause === 'stopped') return 'stopped'
  if (!facts.isTarget && facts.seenBy.length > 0) return 'not-a-neighbour'
  if (facts.addresses === 0) return 'no-address'
  const results = lastResults(facts.attempts)
  if (results.length === 0) return 'dialling'
  if (results.includes('wrong-device')) return 'wrong-device'
  if (results.includes('denied')) return 'denied'
  if (facts.seenBy.length > 0) return 'seen-by-others'
  if (results.includes('refused')) return 'refused'
  return results.every((result) => result === 'unreachable') ? 'unreachable' : 'timeout'
}

/** The last result of each address. */
function lastResults(attempts: readonly DialAttempt[]): readonly DialResult[] {
  const last = new Map(attempts.map((attempt) => [attempt.address, attempt.outcome]))
  return [...last.values()]
}

function textOf(situation: PathSituation, facts: PathFacts): string {
  const { name, seenBy } = facts
  const others =
    seenBy.length > 3 ? `${seenBy.slice(0, 3).join(', ')} and others` : seenBy.join(', ')
  const see = seenBy.length === 1 ? 'sees' : 'see'
  switch (situation) {
    case 'self':
      return 'This is the device you are on.'
    case 'left':
      return `${name} is no longer a member. To bring it back: asgard invite`
    case 'direct':
      return `${name} is connected directly. Nothing to do.`
    case 'relayed':
      return `${name} is connected through a relay; a direct way is still being tried. To see the tries: asgard path ${name}`
    case 'silent':
      return `The connection to ${name} is open but it does not answer; it may be asleep or overloaded. To watch it: asgard ping ${name}`
    case 'stopped':
      return `Asgard was stopped on ${name}. On ${name}: asgard daemon start`
    case 'refused':
      return `The machine of ${name} answers but Asgard does not run there. On ${name}: asgard daemon start`
    case 'own-network-down':
      return 'This device has no network. Connect a cable or Wi-Fi; devices are dialled again at once.'
    case 'seen-by-others':
      return `${others} ${see} ${name}, this device does not: something between the two blocks it, often a firewall. On ${name}: asgard doctor`
    case 'not-a-neighbour':
      return `${others} ${see} ${name}. In a network of this size not every pair keeps a connection. To connect now: asgard ping ${name}`
    case 'no-address':
      return `No address of ${name} is known. When both are on one network it is found by itself; else, on ${name}: asgard id`
    case 'wrong-device':
      return `Another device answers at an address of ${name}; addresses may have been swapped. On ${name}: asgard id`
    case 'denied':
      return `${name} refuses this device; it may not know yet that this device was admitted. On ${name}: asgard device ls`
    case 'unreachable':
      return `There is no route to the addresses of ${name}. Check that both are on the same network: asgard doctor`
    case 'timeout':
      return `No address of ${name} answers; it is off, asleep or behind a firewall. On ${name}: asgard doctor`
    case 'dialling':
      return `${name} is being dialled for the first time. In a moment: asgard path ${name}`
  }
}
