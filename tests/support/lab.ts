import { DeviceProcess, type DeviceOptions } from './device-process.ts'
import { must, ProcessError } from './processes.ts'

let labs = 0

export interface LabHost {
  readonly name: string
  readonly namespace: string
  readonly address: string
  /** Runs a program on this host. */
  run(...command: readonly string[]): string
  /** A device on this host, reachable from the others and found by multicast, as a user's is. */
  device(options?: Partial<DeviceOptions>): Promise<DeviceProcess>
  /** Pulls the cable and puts it back. */
  linkDown(): void
  linkUp(): void
}

/**
 * Machines on one switch: a network namespace each, joined by a bridge in a namespace of its own, so that nothing
 * of it touches the real network. Needs root; `missingForNetwork` says what else.
 */
export class Lab {
  readonly hosts: readonly LabHost[]
  readonly #prefix: string
  readonly #switch: string
  readonly #devices: DeviceProcess[] = []

  /** Names of hosts must differ in the first letters: interface names hold 15. */
  constructor(names: readonly string[]) {
    this.#prefix = `ag${process.pid % 100_000}x${labs++}`
    this.#switch = `${this.#prefix}-switch`
    try {
      this.#makeSwitch()
      this.hosts = names.map((name, index) => this.#makeHost(name, index + 1))
    } catch (error) {
      this.#removeNamespaces()
      throw error
    }
  }

  host(name: string): LabHost {
    const host = this.hosts.find((each) => each.name === name)
    if (host === undefined) throw new ProcessError(`no host ${name} in this lab`)
    return host
  }

  /** Hosts of different groups stop hearing each other; a host in no group hears all. */
  partition(...groups: readonly (readonly string[])[]): void {
    this.heal()
    const rules = groups.flatMap((group, at) =>
      groups
        .filter((_, other) => other !== at)
        .flatMap((others) =>
          group.flatMap((from) => others.map((to) => [this.#port(from), this.#port(to)] as const)),
        ),
    )
    this.#nft('add', 'table', 'bridge', 'lab')
    this.#nft(
      'add',
      'chain',
      'bridge',
      'lab',
      'forward',
      '{ type filter hook forward priority 0; policy accept; }',
    )
    for (const [from, to] of rules)
      this.#nft('add', 'rule', 'bridge', 'lab', 'forward', 'iifname', from, 'oifname', to, 'drop')
  }

  heal(): void {
    this.#nft('add', 'table', 'bridge', 'lab')
    this.#nft('delete', 'table', 'bridge', 'lab')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const device of this.#devices) await device[Symbol.asyncDispose]()
    this.#removeNamespaces()
  }

  #makeSwitch(): void {
    must('ip', 'netns', 'add', this.#switch)
    this.#onSwitch('ip', 'link', 'set', 'lo', 'up')
    // Multicast snooping without a querier drops what mDNS needs after some minutes.
    this.#onSwitch('ip', 'link', 'add', 'br0', 'type', 'bridge', 'mcast_snooping', '0')
    this.#onSwitch('ip', 'link', 'set', 'br0', 'up')
  }

  #makeHost(name: string, index: number): LabHost {
    const namespace = `${this.#prefix}-${name}`
    const port = this.#port(name)
    const address = `10.77.0.${index}`
    must('ip', 'netns', 'add', namespace)
    must(
      'ip',
      'link',
      'add',
      'eth0',
      'netns',
      namespace,
      'type',
      'veth',
      'peer',
      'name',
      port,
      'netns',
      this.#switch,
    )
    const run = (...command: readonly string[]): string =>
      must('ip', 'netns', 'exec', namespace, ...command)
    run('ip', 'link', 'set', 'lo', 'up')
    run('ip', 'address', 'add', `${address}/24`, 'dev', 'eth0')
    run('ip', 'link', 'set', 'eth0', 'up')
    run('ip', 'route', 'add', '224.0.0.0/4', 'dev', 'eth0')
    this.#onSwitch('ip', 'link', 'set', port, 'master', 'br0')
    this.#onSwitch('ip', 'link', 'set', port, 'up')
    return {
      name,
      namespace,
      address,
      run,
      device: async (options = {}) => {
        const device = await DeviceProcess.start({
          name,
          prefix: ['ip', 'netns', 'exec', namespace],
          ...options,
          env: { ASGARD_PROFILE: 'lan', ...options.env },
        })
        this.#devices.push(device)
        return device
      },
      linkDown: () => void run('ip', 'link', 'set', 'eth0', 'down'),
      linkUp: () => {
        run('ip', 'link', 'set', 'eth0', 'up')
        // The kernel forgets an interface's routes when it goes down.
        run('ip', 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0')
      },
    }
  }

  #port(name: string): string {
    return `p-${name}`.slice(0, 15)
  }

  #onSwitch(...command: readonly string[]): void {
    must('ip', 'netns', 'exec', this.#switch, ...command)
  }

  #nft(...words: readonly string[]): void {
    this.#onSwitch('nft', words.join(' '))
  }

  #removeNamespaces(): void {
    const all = must('ip', 'netns', 'list')
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    for (const name of all)
      if (name.startsWith(`${this.#prefix}-`)) must('ip', 'netns', 'delete', name)
  }
}
