import type { Connection, Stream } from '@libp2p/interface'
import type { AsgardNode } from '../../node/library.ts'
import { lengthPrefixed, readFrames } from '../../protocols/channel/frames.ts'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import { requestJoin } from '../../protocols/join/exchange.ts'
import { HEALTH_PROTOCOL } from '../../protocols/health/constants.ts'
import { REPLICA_PROTOCOL } from '../../protocols/replica/constants.ts'
import { TRUST_PROTOCOL } from '../../protocols/trust/constants.ts'
import { type DeviceId, publicKeyOf } from '../../src/identity/device-id.ts'
import { networkKeyOf } from '../../src/identity/network-id.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import { inviteKeyOf } from '../../src/network/invite-key.ts'
import { parseTicket } from '../../src/network/ticket.ts'
import type { Role } from '../../src/trust/role.ts'
import { meshOf, until } from './nodes.ts'
import { Stranger, endOf } from './stranger.ts'

const STAY_MS = 86_400_000

/** Makes any key a member, as an admin does who was talked into it. */
export async function admitKey(
  admin: AsgardNode,
  device: DeviceId,
  name: string,
  role: Role = 'member',
): Promise<void> {
  const { trust, key, clock } = meshOf(admin)
  const nowMs = clock.now()
  await trust.append({ kind: 'admit', device, role, until: nowMs + STAY_MS, name }, key, nowMs)
}

export const CHANNELS = [TRUST_PROTOCOL, REPLICA_PROTOCOL, HEALTH_PROTOCOL] as const
export type ChannelProtocol = (typeof CHANNELS)[number]

/** An admitted device whose code is not ours: it says hello as it should, and then whatever a test wants. */
export class HostileMember {
  readonly stranger: Stranger
  readonly connection: Connection
  /** Frames that came, by protocol. */
  readonly frames: Readonly<Record<ChannelProtocol, Uint8Array[]>>

  private constructor(stranger: Stranger, connection: Connection, frames: HostileMember['frames']) {
    this.stranger = stranger
    this.connection = connection
    this.frames = frames
  }

  static async enter(
    admin: AsgardNode,
    options: { name?: string; role?: Role; key?: DeviceKey } = {},
  ): Promise<HostileMember> {
    const { name = 'mallory', role = 'member', key } = options
    const stranger = await Stranger.start(key === undefined ? {} : { key })
    await admitKey(admin, stranger.id, name, role)
    return HostileMember.connect(
      stranger,
      meshOf(admin).host.libp2p.getMultiaddrs().map(String)[0] ?? '',
    )
  }

  static async connect(stranger: Stranger, address: string): Promise<HostileMember> {
    const frames: HostileMember['frames'] = {
      [TRUST_PROTOCOL]: [],
      [REPLICA_PROTOCOL]: [],
      [HEALTH_PROTOCOL]: [],
    }
    for (const protocol of CHANNELS) {
      const take = (stream: Stream) =>
        readFrames(stream, (frame) => void frames[protocol].push(frame))
      await stranger.node.handle(protocol, take, { force: true })
    }
    const connection = await stranger.dial(address)
    const hello = await stranger.hello(connection)
    if (!hello.isMutual) throw new TypeError(`not let in: ${JSON.stringify(hello)}`)
    return new HostileMember(stranger, connection, frames)
  }

  /** Joins by a ticket, as a person with bad intentions may who was given one. */
  static async join(text: string): Promise<HostileMember> {
    const stranger = await Stranger.start()
    const ticket = parseTicket(text)
    const inviteKey = inviteKeyOf(ticket.networkId, ticket.secret)
    const address = `${ticket.addresses[0]}/p2p/${ticket.inviter}`
    const connection = await stranger.dial(address)
    const stream = await connection.newStream([JOIN_PROTOCOL])
    const joiner = {
      network: networkKeyOf(ticket.networkId),
      self: stranger.key.publicKey,
      admitter: publicKeyOf(ticket.inviter),
      invite: inviteKey.publicKey,
      name: 'mallory',
      platform: 'x',
      prove: (bytes: Uint8Array) => inviteKey.sign(bytes),
      onPending: () => {},
      take: () => Promise.resolve(true),
    }
    const outcome = await requestJoin(
      stream,
      joiner,
      (ms) => AbortSignal.timeout(ms),
      AbortSignal.timeout(10_000),
    )
    if (outcome.kind !== 'admitted') throw new TypeError(`not admitted: ${JSON.stringify(outcome)}`)
    return HostileMember.connect(stranger, address)
  }

  get id(): DeviceId {
    return this.stranger.id
  }

  get key(): DeviceKey {
    return this.stranger.key
  }

  open(protocol: string): Promise<Stream> {
    return this.connection.newStream([protocol], {
      signal: AbortSignal.timeout(10_000),
      maxOutboundStreams: 10_000,
    })
  }

  /** Sends whole frames on a new stream of the protocol, as fast as the other side takes them. */
  async say(protocol: string, frames: Iterable<Uint8Array>): Promise<Stream> {
    const stream = await this.open(protocol)
    await pour(stream, frames)
    return stream
  }

  /** Sends bytes as they are on a new stream; resolves with how the other side ended it. */
  async blurt(protocol: string, bytes: Uint8Array): Promise<'reset' | 'closed'> {
    const stream = await this.open(protocol)
    const end = endOf(stream)
    stream.send(bytes)
    return end
  }

  stop(): Promise<void> {
    return this.stranger.stop()
  }
}

/** Sends frames with regard to back-pressure; stops when the stream ends. */
export async function pour(stream: Stream, frames: Iterable<Uint8Array>): Promise<void> {
  for (const frame of frames) {
    if (stream.writeStatus !== 'writable') return
    try {
      if (!stream.send(lengthPrefixed(frame)))
        await stream.onDrain({ signal: AbortSignal.timeout(10_000) })
    } catch {
      return // the other side had enough
    }
  }
}

/** Waits until both sides know the hostile member and take it for one of them. */
export async function isIn(node: AsgardNode, member: HostileMember): Promise<void> {
  await until(node, () => meshOf(node).trust.state.members.has(member.id))
}
