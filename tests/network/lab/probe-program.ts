/**
 * Sends and receives single packets on one machine of the lab; orders and answers are lines of JSON. Texts have one
 * character for each byte.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export type ProbeOrder =
  | { readonly kind: 'bind'; readonly port: number; readonly family: 'udp4' | 'udp6' }
  | { readonly kind: 'join'; readonly socket: number; readonly group: string }
  | { readonly kind: 'send'; readonly socket: number; readonly text: string; readonly to: Endpoint }
  | { readonly kind: 'listen'; readonly port: number }
  | {
      readonly kind: 'connect'
      readonly to: Endpoint
      readonly localPort: number
      readonly maxMs: number
    }
  | {
      readonly kind: 'echo'
      readonly connection: number
      readonly text: string
      readonly maxMs: number
    }

/**
 * What became of a connection. A refusal is an answer too: nothing listens there, but packets went both ways.
 * `silent`: no answer at all.
 */
export type ConnectOutcome =
  | { readonly outcome: 'open'; readonly seenAs: Endpoint; readonly connection: number }
  | { readonly outcome: 'refused' | 'unreachable' | 'silent' }

export type EchoOutcome = 'echoed' | 'closed' | 'silent'

export interface ProbeAnswer {
  readonly id: number
  readonly answer: unknown
}

export interface ProbePacket {
  readonly socket: number
  readonly text: string
  readonly from: Endpoint
}

const ENCODING = 'latin1'
const sockets: UdpSocket[] = []
const connections: Socket[] = []

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, order } = JSON.parse(line) as { id: number; order: ProbeOrder }
  void obey(order).then((answer) => tell({ id, answer }))
})

function tell(message: ProbeAnswer | ProbePacket): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

async function obey(order: ProbeOrder): Promise<unknown> {
  switch (order.kind) {
    case 'bind':
      return bind(order.family, order.port)
    case 'join':
      sockets[order.socket]?.addMembership(order.group)
      return {}
    case 'send':
      return send(order.socket, order.text, order.to)
    case 'listen':
      return listen(order.port)
    case 'connect':
      return open(order.to, order.localPort, order.maxMs)
    case 'echo':
      return echo(order.connection, order.text, order.maxMs)
  }
}

async function bind(type: 'udp4' | 'udp6', port: number): Promise<object> {
  const socket = createSocket({ type, reuseAddr: true })
  const number = sockets.push(socket) - 1
  socket.on('message', (bytes, { address, port: from }) =>
    tell({ socket: number, text: bytes.toString(ENCODING), from: { address, port: from } }),
  )
  // An ICMP answer to what was sent is no event of interest.
  socket.on('error', () => undefined)
  socket.bind(port)
  await once(socket, 'listening')
  return { socket: number, port: socket.address().port }
}

function send(socket: number, text: string, { address, port }: Endpoint): Promise<object> {
  return new Promise((resolve) => {
    sockets[socket]?.send(Buffer.from(text, ENCODING), port, address, (error) =>
      resolve(error === null ? {} : { error: error.message }),
    )
  })
}

/** Tells every caller what it is seen as, and then whatever it says. */
async function listen(port: number): Promise<object> {
  const server = createServer((caller) => {
    const seenAs = { address: caller.remoteAddress, port: caller.remotePort }
    caller.on('error', () => undefined).write(`${JSON.stringify(seenAs)}\n`)
    caller.pipe(caller)
  })
  // Both families, and addresses of each as they are.
  server.listen(port, '::')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port }
}

function open(to: Endpoint, localPort: number, maxMs: number): Promise<ConnectOutcome> {
  const socket = connect({ host: to.address, port: to.port, localPort })
  const connection = connections.push(socket) - 1
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      socket.destroy()
      resolve({ outcome: 'silent' })
    }, maxMs)
    socket.once('data', (bytes) => {
      clearTimeout(timer)
      const { address, port } = JSON.parse(bytes.toString()) as Endpoint
      const seenAs = { address: address.replace('::ffff:', ''), port }
      resolve({ outcome: 'open', connection, seenAs })
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      resolve({ outcome: error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable' })
    })
  })
}

function echo(connection: number, text: string, maxMs: number): Promise<EchoOutcome | undefined> {
  const socket = connections[connection]
  if (socket === undefined) return Promise.resolve(undefined)
  let left = text.length
  return new Promise((resolve) => {
    const end = (outcome: EchoOutcome): void => {
      clearTimeout(timer)
      socket.off('data', hear).off('close', close)
      resolve(outcome)
    }
    const timer = setTimeout(() => end('silent'), maxMs)
    const hear = (bytes: Buffer): void => {
      left -= bytes.length
      if (left === 0) end('echoed')
    }
    const close = (): void => end('closed')
    socket.on('data', hear).on('close', close)
    socket.write(text, ENCODING)
  })
}
