import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { start } from '../../support/processes.ts'
import type { Host } from './host.ts'
import { LabError } from './lab-error.ts'
import { onOneCpu } from './one-cpu.ts'
import type {
  ConnectOutcome,
  EchoOutcome,
  Endpoint,
  ProbeAnswer,
  ProbeOrder,
  ProbePacket,
} from './probe-program.ts'

export type { ConnectOutcome, Endpoint } from './probe-program.ts'

const PROGRAM = fileURLToPath(new URL('./probe-program.ts', import.meta.url))
/** It bounds a test that hangs, it is no expectation. */
const ANSWER_MAX_MS = 10_000

/** Where no answer is expected this is how long a test takes. */
const SILENT_AFTER_MS = 1_000

/** How long to wait for what is expected: an answer has time on a busy machine, silence is taken for what it is. */
export function patience(expected: ConnectOutcome['outcome']): { maxMs: number } {
  return { maxMs: expected === 'silent' ? SILENT_AFTER_MS : ANSWER_MAX_MS / 2 }
}

/** Single packets and connections from one machine of the lab; what probes send arrives in the order of sending. */
export class Probe {
  readonly host: Host
  readonly #program: ChildProcess
  readonly #answers = new Map<number, (answer: unknown) => void>()
  readonly #sockets = new Map<number, UdpProbe>()
  #orders = 0

  constructor(host: Host) {
    this.host = host
    this.#program = start([...host.namespace.prefix, ...onOneCpu, process.execPath, PROGRAM], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    host.scope.running.defer(() => void this.#program.kill('SIGKILL'))
    createInterface({ input: this.#program.stdout! }).on('line', (line) => {
      const message = JSON.parse(line) as ProbeAnswer | ProbePacket
      if ('id' in message) this.#answers.get(message.id)?.(message.answer)
      else this.#sockets.get(message.socket)?.take(message)
    })
  }

  /** A UDP socket; port 0 takes any free one. */
  async udp(port = 0, family: 'udp4' | 'udp6' = 'udp4'): Promise<UdpProbe> {
    const bound = (await this.order({ kind: 'bind', port, family })) as {
      socket: number
      port: number
    }
    const socket = new UdpProbe(this, bound.socket, bound.port)
    this.#sockets.set(bound.socket, socket)
    return socket
  }

  /** Listens for TCP and tells every caller what it is seen as; the port. */
  async listen(port = 0): Promise<number> {
    return ((await this.order({ kind: 'listen', port })) as { port: number }).port
  }

  /** A TCP connection to `to`, which must be a listener of a probe; `silent` when nothing comes back for `maxMs`. */
  async connect(
    to: Endpoint,
    { maxMs = ANSWER_MAX_MS / 2, localPort = 0 }: { maxMs?: number; localPort?: number } = {},
  ): Promise<ConnectOutcome> {
    return (await this.order({ kind: 'connect', to, maxMs, localPort })) as ConnectOutcome
  }

  /** Says something on an open connection; whether all of it came back. */
  async echo(connection: number, text: string, maxMs = ANSWER_MAX_MS / 2): Promise<EchoOutcome> {
    return (await this.order({ kind: 'echo', connection, text, maxMs })) as EchoOutcome
  }

  /** For its sockets. */
  order(order: ProbeOrder): Promise<unknown> {
    const id = this.#orders++
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new LabError(`the probe on ${this.host.name} does not answer ${order.kind}`)),
        ANSWER_MAX_MS,
      )
      this.#answers.set(id, (answer) => {
        clearTimeout(timer)
        this.#answers.delete(id)
        resolve(answer)
      })
      this.#program.stdin!.write(`${JSON.stringify({ id, order })}\n`)
    })
  }
}

export interface UdpPacket {
  readonly text: string
  readonly from: Endpoint
}

export class UdpProbe {
  /** On the machine itself; routers may show another one. */
  readonly port: number
  /** All that came so far. */
  readonly packets: UdpPacket[] = []
  readonly #probe: Probe
  readonly #socket: number
  #arrived = Promise.withResolvers<void>()

  constructor(probe: Probe, socket: number, port: number) {
    this.#probe = probe
    this.#socket = socket
    this.port = port
  }

  take({ text, from }: ProbePacket): void {
    this.packets.push({ text, from })
    this.#arrived.resolve()
    this.#arrived = Promise.withResolvers()
  }

  async send(text: string, to: Endpoint): Promise<void> {
    await this.#probe.order({ kind: 'send', socket: this.#socket, text, to })
  }

  async joinGroup(group: string): Promise<void> {
    await this.#probe.order({ kind: 'join', socket: this.#socket, group })
  }

  /** The packet with that text, which has to come. */
  async received(text: string): Promise<UdpPacket> {
    const packet = await this.packet(text)
    if (packet === undefined)
      throw new LabError(`${this.#probe.host.name} did not receive: ${text}`)
    return packet
  }

  /** The first packet with that text, of those that came and those that come; undefined when none does in time. */
  async packet(text: string, maxMs = ANSWER_MAX_MS): Promise<UdpPacket | undefined> {
    const timeUp = Promise.withResolvers<'time is up'>()
    const timer = setTimeout(() => timeUp.resolve('time is up'), maxMs)
    try {
      for (;;) {
        const found = this.packets.find((packet) => packet.text === text)
        if (found !== undefined) return found
        if ((await Promise.race([this.#arrived.promise, timeUp.promise])) !== undefined)
          return undefined
      }
    } finally {
      clearTimeout(timer)
    }
  }
}
