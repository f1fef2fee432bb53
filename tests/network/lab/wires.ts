import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { start } from '../../support/processes.ts'
import { LabError } from './lab-error.ts'
import type { LinkQuality } from './link-quality.ts'
import type { Namespace, Settings } from './namespace.ts'
import { onOneCpu } from './one-cpu.ts'
import { addVeth, type VethEnd } from './veth.ts'
import type { WireOrder } from './wire-program.ts'

/** A wire that was inserted into a link. */
export interface Wire {
  /** What the machine is plugged into now. */
  readonly machineEnd: VethEnd
  set(quality: LinkQuality): Promise<void>
  remove(): void
}

/** What wires need of the lab. */
export interface WiresScope {
  namespace(name: string, settings?: Settings): Namespace
  readonly running: AsyncDisposableStack
}

const PROGRAM = fileURLToPath(new URL('./wire-program.ts', import.meta.url))
/** Where the kernel's ends and the program's lie: a network between two namespaces that nobody else sees. */
const KERNEL_ADDRESS = '10.255.0.1'
const PROGRAM_ADDRESS = '10.255.0.2'
const FIRST_PORT = 10_000

/**
 * Loss, delay and reordering without the kernel's netem: a link is cut in two, both ends become VXLAN tunnels, and so
 * every frame travels as a UDP packet past a program that decides on its fate. Whatever runs on the link, of any
 * protocol, passes it and cannot tell. What is not true of it: it is no measure of throughput (each frame passes
 * Node twice), and its clock ticks in milliseconds.
 */
export class Wires {
  readonly #kernel: Namespace
  readonly #program: ChildProcess
  readonly #waiting: (() => void)[] = []
  readonly #ended: Promise<never>
  #wires = 0

  private constructor(kernel: Namespace, program: ChildProcess) {
    this.#kernel = kernel
    this.#program = program
    createInterface({ input: program.stdout! }).on('line', () => this.#waiting.shift()?.())
    this.#ended = once(program, 'exit').then(() => {
      throw new LabError('the program of the wires has ended')
    })
    // Only those who wait for an answer care.
    this.#ended.catch(() => undefined)
  }

  static start(scope: WiresScope): Wires {
    // Nothing but what hosts send may be on a wire.
    const kernel = scope.namespace('wires', { 'ipv6/conf/default/disable_ipv6': 1 })
    const far = scope.namespace('wires-program')
    addVeth({ namespace: kernel, name: 'wires' }, { namespace: far, name: 'wires' })
    // Room for a frame of 1,500 bytes and what VXLAN puts around it.
    const settle = (at: Namespace, address: string): void =>
      at.untilLink(
        'wires',
        'state UP',
        'link set wires mtu 9000',
        `address add ${address}/24 dev wires`,
      )
    settle(kernel, KERNEL_ADDRESS)
    settle(far, PROGRAM_ADDRESS)
    const program = start([...far.prefix, ...onOneCpu, process.execPath, PROGRAM], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    scope.running.defer(() => void program.kill('SIGKILL'))
    return new Wires(kernel, program)
  }

  /** Cuts the cable at the switch's port; the new port has the old one's name. */
  async insert(cut: { readonly switch: Namespace; readonly port: string }): Promise<Wire> {
    const at = this.#wires++
    const ports = [FIRST_PORT + 2 * at, FIRST_PORT + 2 * at + 1] as const
    const kernel = this.#kernel
    const machineEnd = { namespace: kernel, name: `m${at}` }
    await this.#order({ wire: at, address: KERNEL_ADDRESS, ports, quality: {} })
    kernel.ip(
      ...['a', 'b'].flatMap((side, index) => [
        `link add v${at}${side} type vxlan id ${at} dstport ${ports[index]} remote ${PROGRAM_ADDRESS} nolearning`,
        `link add b${at}${side} type bridge mcast_snooping 0 forward_delay 0`,
        `link set b${at}${side} up`,
        `link set v${at}${side} master b${at}${side} up`,
      ]),
    )
    // Between namespaces checksums are left to a network card that is not there; a tunnel has to fill them in.
    for (const side of ['a', 'b']) kernel.run('ethtool', '-K', `v${at}${side}`, 'tx', 'off')
    cut.switch.ip(`link set ${cut.port} netns ${kernel.name} name ${machineEnd.name}`)
    addVeth({ namespace: cut.switch, name: cut.port }, { namespace: kernel, name: `s${at}` })
    cut.switch.untilLink(cut.port, 'state forwarding', `link set ${cut.port} master br0`)
    kernel.untilLink(`s${at}`, 'state forwarding', `link set s${at} master b${at}b`)
    const join = `link set ${machineEnd.name} master b${at}a up`
    kernel.untilLink(machineEnd.name, 'state forwarding', join)
    return {
      machineEnd,
      set: (quality) => this.#order({ wire: at, address: KERNEL_ADDRESS, ports, quality }),
      remove: () =>
        kernel.ip(
          ...['a', 'b'].flatMap((side) => [
            `link delete v${at}${side}`,
            `link delete b${at}${side}`,
          ]),
          `link delete s${at}`,
        ),
    }
  }

  /** Done when it holds; orders are obeyed and answered in their order. */
  async #order(order: WireOrder): Promise<void> {
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#program.stdin!.write(`${JSON.stringify(order)}\n`)
    await Promise.race([done, this.#ended])
  }
}
