import { spawnSync } from 'node:child_process'
import { LabError } from './lab-error.ts'

/**
 * Settings that a new namespace may inherit from the machine. Addresses count at once, without the second in which
 * IPv6 looks for duplicates; nobody advertises routes; bridged packets are left alone by the firewall of IP.
 */
const SETTINGS = {
  'ipv4/ip_forward': 0,
  'ipv6/conf/all/forwarding': 0,
  'ipv4/conf/all/rp_filter': 0,
  'ipv4/conf/default/rp_filter': 0,
  'ipv6/conf/all/accept_dad': 0,
  'ipv6/conf/default/accept_dad': 0,
  'ipv6/conf/all/accept_ra': 0,
  'ipv6/conf/default/accept_ra': 0,
  'bridge/bridge-nf-call-iptables': 0,
  'bridge/bridge-nf-call-ip6tables': 0,
} as const

export type Settings = Readonly<Record<string, number>>

/** The kernel needs some milliseconds; it bounds a lab that hangs. */
const LINK_MAX_MS = 5_000

/** A machine as the kernel sees it: interfaces, addresses, routes and a firewall of its own. */
export class Namespace {
  readonly name: string

  /** With settings by their paths below /proc/sys/net; what this kernel does not have is left out. */
  constructor(name: string, settings: Settings = {}) {
    this.name = name
    const lines = Object.entries({ ...SETTINGS, ...settings }).map(
      ([path, value]) =>
        `[ ! -e /proc/sys/net/${path} ] || echo ${value} > /proc/sys/net/${path} || exit 1`,
    )
    // One program instead of three: a lab has dozens of these.
    const script = [...lines, 'ip link set lo up'].join('\n')
    exec('', ['sh', '-c', `ip netns add ${name} && ip netns exec ${name} sh -c '${script}'`])
  }

  /** Put before a program, makes it run in here. */
  get prefix(): readonly string[] {
    return ['ip', 'netns', 'exec', this.name]
  }

  /** Runs a program to its end; what it printed. */
  run(...command: readonly string[]): string {
    return exec('', [...this.prefix, ...command])
  }

  /** Several commands of `ip`, each without that word; what they printed. */
  ip(...commands: readonly string[]): string {
    return exec(commands.join('\n'), ['ip', '-n', this.name, '-details', '-batch', '-'])
  }

  /** Likewise, and waits until `ip` says that of an interface. */
  untilLink(name: string, says: string, ...commands: readonly string[]): void {
    const show = `link show dev ${name}`
    const deadline = performance.now() + LINK_MAX_MS
    for (let said = this.ip(...commands, show); !said.includes(says); said = this.ip(show))
      if (performance.now() > deadline) throw new LabError(`${this.name}: ${name} has no ${says}`)
  }

  /** Loads rules in the language of nftables, all of them or none. */
  nft(rules: string): void {
    exec(rules, [...this.prefix, 'nft', '-f', '-'])
  }
}

function exec(input: string, [program = '', ...args]: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', input })
  if (status === 0) return stdout
  const cause = error?.message ?? (stderr.trim() || stdout.trim())
  throw new LabError(`${[program, ...args].join(' ')}: ${cause}${input && `\nin: ${input}`}`)
}
