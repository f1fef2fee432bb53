import type { Connection, Stream, StreamHandler, StreamHandlerOptions } from '@libp2p/interface'
import {
  JOIN_APPROVAL_MAX_MS,
  JOIN_PENDING_MAX,
  JOIN_PROTOCOL,
} from '../../protocols/join/constants.ts'
import { type Admitter, answerJoin } from '../../protocols/join/exchange.ts'
import type { JoinRefused, JoinRequest } from '../../protocols/join/messages.ts'
import type { Clock } from '../clock/clock.ts'
import { deadline } from '../clock/deadline.ts'
import type { TrustTime } from '../clock/trust-time.ts'
import { confirmationWords } from '../identity/confirmation-words.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { publicKeyOf } from '../identity/device-id.ts'
import { type DeviceKey, verifySignature } from '../identity/device-key.ts'
import type { Gate } from './gate.ts'
import type { GroupKeys } from './group-keys.ts'
import { type JoinRuling, ruleOnJoin } from './join-rules.ts'
import { networkIdOf } from '../identity/network-id.ts'
import { NetworkError } from './network-error.ts'
import type { Role } from '../trust/role.ts'
import { TrustError } from '../trust/trust-error.ts'
import { ADMISSION_MS } from '../trust/trust-limits.ts'
import type { TrustLog } from '../trust/trust-log.ts'

/** Joins under way at once, waiting ones included. */
const CONCURRENT_MAX = 64

export interface WaitingJoin {
  readonly id: string
  readonly device: DeviceId
  readonly name: string
  readonly platform: string
  readonly role: Role
  readonly address: string
  readonly words: readonly string[]
  readonly requestedAt: number
  readonly expiresAt: number
}

export interface JoinEvents {
  requested(join: WaitingJoin): void
  admitted(device: DeviceId, name: string, role: Role): void
  refused(device: DeviceId, name: string, reason: string): void
}

export interface JoinServiceComponents {
  readonly key: DeviceKey
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly gate: Gate
  readonly clock: Clock
  readonly time: TrustTime
  readonly registrar: {
    handle(protocol: string, handler: StreamHandler, options?: StreamHandlerOptions): Promise<void>
    unhandle(protocol: string): Promise<void>
  }
  /** Keeps the connection open although its peer is not a member yet. */
  readonly hold: (connection: Connection) => () => void
  readonly events: JoinEvents
}

interface Waiting extends WaitingJoin {
  readonly answer: (isApproved: boolean) => void
}

/** The admitting side of joins: any admin that a device with a ticket reaches. */
export class JoinService {
  readonly #components: JoinServiceComponents
  readonly #waiting = new Map<string, Waiting>()
  #underWay = 0
  #nextId = 1
  #shutdown: AbortController | undefined

  constructor(components: JoinServiceComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    if (this.#shutdown !== undefined) return
    this.#shutdown = new AbortController()
    await this.#components.registrar.handle(JOIN_PROTOCOL, this.#onStream, {
      maxInboundStreams: 2,
      runOnLimitedConnection: true, // a relay may be the only way that a ticket knows
    })
  }

  async stop(): Promise<void> {
    if (this.#shutdown === undefined) return
    this.#shutdown.abort()
    this.#shutdown = undefined
    for (const join of this.#waiting.values()) join.answer(false)
    await this.#components.registrar.unhandle(JOIN_PROTOCOL)
  }

  waiting(): readonly WaitingJoin[] {
    return [...this.#waiting.values()]
  }

  /** False when no such join waits any more. */
  answer(id: string, isApproved: boolean): boolean {
    const join = this.#waiting.get(id)
    join?.answer(isApproved)
    return join !== undefined
  }

  readonly #onStream = async (stream: Stream, connection: Connection): Promise<void> => {
    const device = connection.remotePeer.toString()
    const signal = this.#shutdown?.signal
    if (signal === undefined || this.#underWay >= CONCURRENT_MAX) {
      this.#components.gate.refused(device, JOIN_PROTOCOL)
      stream.abort(new NetworkError('BUSY', 'too many devices are joining'))
      return
    }
    this.#underWay += 1
    const release = this.#components.hold(connection)
    const gone = new AbortController()
    const onClose = () => gone.abort()
    stream.addEventListener('close', onClose)
    try {
      const admitter = this.#admitter(device, connection)
      const refused = await answerJoin(
        stream,
        admitter,
        (delayMs) => deadline(this.#components.clock, delayMs),
        AbortSignal.any([signal, gone.signal]),
      )
      if (refused !== undefined) this.#components.gate.refused(device, JOIN_PROTOCOL)
    } catch {
      this.#components.gate.refused(device, JOIN_PROTOCOL) // it hung up or broke the protocol
    } finally {
      stream.removeEventListener('close', onClose)
      this.#underWay -= 1
      release()
    }
  }

  #admitter(device: DeviceId, connection: Connection): Admitter {
    const { key, events } = this.#components
    const refuse = (request: JoinRequest, ruling: Extract<JoinRuling, { kind: 'refused' }>) => {
      events.refused(device, request.name, ruling.reason)
      return this.#refusal(ruling.reason, ruling.detail, ruling.expiredAtMs)
    }
    return {
      self: key.publicKey,
      joiner: publicKeyOf(device),
      refusal: (reason, detail) => {
        events.refused(device, '', reason)
        return this.#refusal(reason, detail)
      },
      verify: verifySignature,
      screen: (request) => {
        const ruling = this.#rule(device, request)
        return ruling.kind === 'refused' ? refuse(request, ruling) : undefined
      },
      approval: (request, words, signal) => {
        const ruling = this.#rule(device, request)
        if (ruling.kind === 'refused') return Promise.resolve(refuse(request, ruling))
        if (!ruling.invite.approve || ruling.isRepeat) return undefined
        return this.#askPerson(device, connection, request, ruling.invite.role, words, signal)
      },
      admit: (request) => this.#admit(device, request, refuse),
    }
  }

  #rule(device: DeviceId, request: JoinRequest): JoinRuling {
    return ruleOnJoin(this.#components.trust.state, {
      network: networkIdOf(request.network),
      invite: Buffer.from(request.invite).toString('hex'),
      joiner: device,
      name: request.name,
      admitter: this.#components.key.id,
      nowMs: this.#components.time.now(),
    })
  }

  async #admit(
    device: DeviceId,
    request: JoinRequest,
    refuse: (request: JoinRequest, ruling: Extract<JoinRuling, { kind: 'refused' }>) => JoinRefused,
  ): Promise<Awaited<ReturnType<Admitter['admit']>>> {
    const { trust, key, time, groupKeys, events } = this.#components
    // Ruled again: the approval may have taken minutes, and another admin may have used the ticket meanwhile.
    const ruling = this.#rule(device, request)
    if (ruling.kind === 'refused') return refuse(request, ruling)
    const { invite } = ruling
    const nowMs = time.now()
    if (!ruling.isRepeat) {
      try {
        await trust.append(
          {
            kind: 'admit',
            device,
            role: invite.role,
            until: invite.guestUntil ?? nowMs + ADMISSION_MS,
            invite: invite.id,
            name: request.name,
          },
          key,
          nowMs,
        )
      } catch (err) {
        if (!(err instanceof TrustError)) throw err
        // Only owners may admit to the rank on the ticket, or find room for it, or another join here was faster.
        const takesOwner = err.code === 'NOT_PERMITTED' || err.code === 'LOG_FULL'
        return this.#refusal(takesOwner ? 'not-an-admin' : 'used-up', err.message)
      }
    }
    events.admitted(device, request.name, invite.role)
    const keys = trust.state.epochs.map((epoch) => groupKeys.get(epoch.commitment))
    return {
      records: trust.missing([], Infinity),
      admitted: {
        kind: 'admitted',
        role: trust.state.members.get(device)?.role ?? invite.role,
        timeMs: nowMs,
        groupKeys: keys.filter((groupKey) => groupKey !== undefined),
      },
    }
  }

  #askPerson(
    device: DeviceId,
    connection: Connection,
    request: JoinRequest,
    role: Role,
    words: Uint8Array,
    signal: AbortSignal,
  ): Promise<JoinRefused | undefined> {
    const { clock, events } = this.#components
    if (this.#waiting.size >= JOIN_PENDING_MAX) {
      return Promise.resolve(this.#refusal('busy', 'too many devices wait for approval here'))
    }
    const id = `j${this.#nextId++}`
    return new Promise((resolve) => {
      const end = (refused: JoinRefused | undefined) => {
        if (!this.#waiting.delete(id)) return
        cancel()
        signal.removeEventListener('abort', onAbort)
        if (refused !== undefined) events.refused(device, request.name, refused.reason)
        resolve(refused)
      }
      const onAbort = () =>
        end(this.#refusal('approval-timeout', 'the connection ended before an answer'))
      const cancel = clock.after(JOIN_APPROVAL_MAX_MS, () =>
        end(this.#refusal('approval-timeout', 'nobody approved it in time')),
      )
      signal.addEventListener('abort', onAbort)
      const join: Waiting = {
        id,
        device,
        name: request.name,
        platform: request.platform,
        role,
        address: connection.remoteAddr.toString(),
        words: confirmationWords(words),
        requestedAt: clock.now(),
        expiresAt: clock.now() + JOIN_APPROVAL_MAX_MS,
        answer: (isApproved) =>
          end(isApproved ? undefined : this.#refusal('denied', 'an admin denied it')),
      }
      this.#waiting.set(id, join)
      events.requested(join)
    })
  }

  #refusal(reason: JoinRefused['reason'], detail: string, expiredAtMs = 0): JoinRefused {
    return { kind: 'refused', reason, detail, timeMs: this.#components.time.now(), expiredAtMs }
  }
}
