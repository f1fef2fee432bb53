import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { kill, start } from '../../support/processes.ts'
import { TABLE } from './firewall.ts'
import { LabError } from './lab-error.ts'
import type { Namespace } from './namespace.ts'

/** UPnP asks for a port above; NAT-PMP and PCP have this one. */
const HTTP_PORT = 5_000
const READY = /HTTP listening on port/

/** The program that answers UPnP, NAT-PMP and PCP on most home routers. */
export class Miniupnpd {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#ended = once(child, 'exit')
  }

  /** Runs when it listens. It forgets all mappings with its end: the file of leases is new each time. */
  static async start(namespace: Namespace, directory: string): Promise<Miniupnpd> {
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true })
    const settings = join(directory, 'miniupnpd.conf')
    writeFileSync(settings, configuration(directory))
    const child = start(
      [...namespace.prefix, 'miniupnpd', '-d', '-f', settings, '-P', join(directory, 'pid')],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const daemon = new Miniupnpd(child)
    await daemon.#ready()
    return daemon
  }

  async stop(): Promise<void> {
    kill(this.#child, 'SIGKILL')
    await this.#ended
  }

  async #ready(): Promise<void> {
    const said: string[] = []
    const listens = Promise.withResolvers<void>()
    for (const output of [this.#child.stdout!, this.#child.stderr!])
      // Read to its end, or a full pipe would stop it.
      createInterface({ input: output }).on('line', (line) => {
        if (READY.test(line)) listens.resolve()
        said.push(line)
      })
    await Promise.race([listens.promise, this.#ended])
    if (this.#child.exitCode !== null)
      throw new LabError(`miniupnpd does not start:\n${said.join('\n')}`)
  }
}

/** Ports below 1024 are not for everybody, and everybody gets ports for their own address only. */
function configuration(directory: string): string {
  return `
ext_ifname=wan
listening_ip=lan
http_port=${HTTP_PORT}
enable_upnp=yes
enable_natpmp=yes
secure_mode=yes
ipv6_disable=yes
min_lifetime=1
max_lifetime=86400
notify_interval=60
uuid=8a2ecb2c-4ac0-4a4c-9a3c-2c4cf9b1f0a5
minissdpdsocket=${join(directory, 'minissdpd.sock')}
lease_file=${join(directory, 'leases')}
upnp_table_name=${TABLE}
upnp_nat_table_name=${TABLE}
upnp_forward_chain=upnp_forward
upnp_nat_chain=upnp_destination
upnp_nat_postrouting_chain=upnp_source
allow 1024-65535 0.0.0.0/0 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
`
}
