import { decodeHealth, encodeHealth } from '../../protocols/health/codec.ts'
import type { HealthMessage, StatedLink, StatedView } from '../../protocols/health/messages.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import type { Cancel } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { FailureDetector, type Decision } from './failure-detector.ts'
import type {
  HealthComponents,
  HealthListener,
  HealthReport,
  PingOutcome,
} from './health-components.ts'
import type { HealthRefusal } from './health-error.ts'
import { QUESTIONS_PER_SECOND, TICK_MS } from './health-limits.ts'
import type { HealthCause } from './peer-health.ts'
import { pingOnce, type PingOptions } from './ping-once.ts'
import { Prober, type Waiter } from './prober.ts'
import type { RoundTripFigures } from './round-trips.ts'
import { TokenBucket } from './token-bucket.ts'

export type {
  HealthChange,
  HealthComponents,
  HealthListener,
  HealthReport,
  PingOutcome,
} from './health-components.ts'

/** Causes that tell that the process behind a device runs no more. */
const GONE: ReadonlySet<HealthCause> = new Set(['refused', 'stopped', 'left-network'])

/** The failure detector's life: frames in and out, ticks, figures. */
export class HealthService {
  readonly #components: HealthComponents
  readonly #detector: FailureDetector
  readonly #probers = new Map<DeviceId, Prober>()
  readonly #limiters = new Map<DeviceId, TokenBucket>()
  readonly #since = new Map<DeviceId, number>()
  readonly #listeners = new Set<HealthListener>()
  #cancelTick: Cancel | undefined
  #startedMs = 0

  constructor(components: HealthComponents) {
    this.#components = components
    this.#detector = new FailureDetector({
      sightings: components.linkStates,
      random: () => components.clock.random(),
    })
  }

  start(): void {
    if (this.#cancelTick !== undefined) return
    const { channel, clock, linkStates } = this.#components
    linkStates.attach({
      send: (to, signed) => channel.send(to, encodeHealth({ kind: 'link-states', signed })),
      own: () => this.#own(),
      changed: () => this.#detector.sightingsChanged(),
    })
    channel.receive({
      frame: (from, frame) => this.#onFrame(from, frame),
      opened: (peer) => this.#onOpened(peer),
      closed: (peer) => this.#onClosed(peer),
    })
    this.#startedMs = clock.now()
    this.membersChanged()
    for (const peer of channel.peers()) this.#onOpened(peer)
    this.#detector.tick(clock.monotonic())
    this.#cancelTick = clock.every(TICK_MS, () => this.#onTick())
  }

  stop(): void {
    if (this.#cancelTick === undefined) return
    this.#cancelTick()
    this.#cancelTick = undefined
  }

  /** Tells every peer that this is an orderly stop; call it before the connections close. */
  goodbye(): void {
    for (const peer of this.#components.channel.peers()) this.#send(peer, { kind: 'goodbye' })
  }

  listen(listener: HealthListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The trust log changed who is a member. */
  membersChanged(): void {
    const components = this.#components
    this.#detector.setMembers(
      [...components.members()].filter((device) => device !== components.self),
    )
    components.linkStates.membersChanged()
    this.#carryOut()
  }

  /** A frame of any protocol came from this member. Cheap: may be called for each. */
  heard(peer: DeviceId): void {
    this.#detector.heard(peer, this.#components.clock.monotonic())
    this.#carryOut()
  }

  dialRefused(peer: DeviceId): void {
    this.#detector.dialRefused(peer, this.#components.clock.monotonic())
    this.#carryOut()
  }

  dialFailed(peer: DeviceId): void {
    this.#detector.dialFailed(peer, this.#components.clock.monotonic())
    this.#carryOut()
  }

  /** Undefined for who is neither a member nor was one since the start. */
  health(device: DeviceId): HealthReport | undefined {
    const health = this.#detector.health(device)
    if (health === undefined) return undefined
    const { clock } = this.#components
    const heardMs = this.#detector.heardMs(device)
    return {
      ...health,
      sinceMs: this.#since.get(device) ?? this.#startedMs,
      lastHeardMs: heardMs === undefined ? null : clock.now() - (clock.monotonic() - heardMs),
    }
  }

  /** Devices that answer us on a connection now. */
  linked(): readonly DeviceId[] {
    return this.#detector.linked()
  }

  roundTrips(peer: DeviceId): RoundTripFigures | undefined {
    return this.#probers.get(peer)?.trips.figures()
  }

  loss(peer: DeviceId): number {
    return this.#probers.get(peer)?.trips.loss ?? 0
  }

  /** By how much the peer's wall clock is ahead of ours, to within `errorMs`. */
  skewOf(peer: DeviceId): { readonly offsetMs: number; readonly errorMs: number } | undefined {
    const offset = this.#probers.get(peer)?.offset
    const [offsetMs, errorMs] = [offset?.offsetMs ?? null, offset?.errorMs ?? null]
    return offsetMs === null || errorMs === null ? undefined : { offsetMs, errorMs }
  }

  /** 0 to 8: how late our own timers run of late. */
  get strain(): number {
    return this.#detector.strain
  }

  /** One probe on demand. Never rejects. */
  ping(peer: DeviceId, options: PingOptions): Promise<PingOutcome> {
    return pingOnce(this.#components.clock, options, (waiter) => this.#probe(peer, waiter))
  }

  #onTick(): void {
    const { clock, linkStates } = this.#components
    const nowMs = clock.monotonic()
    this.#detector.tick(nowMs)
    for (const prober of this.#probers.values()) prober.expire(nowMs)
    this.#carryOut()
    linkStates.tick()
  }

  #onOpened(peer: DeviceId): void {
    this.#prober(peer).restart()
    this.#detector.opened(peer, this.#components.clock.monotonic())
    this.#carryOut()
    this.#components.linkStates.opened(peer)
  }

  #onClosed(peer: DeviceId): void {
    this.#limiters.delete(peer)
    this.#components.linkStates.closed(peer)
    this.#detector.closed(peer, this.#components.clock.monotonic())
    this.#carryOut()
  }

  #onFrame(from: DeviceId, frame: Uint8Array): void {
    const nowMs = this.#components.clock.monotonic()
    let message: HealthMessage
    try {
      message = decodeHealth(frame)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#refuse(from, error.code === 'TIMEOUT' ? 'MALFORMED' : error.code)
      return
    }
    this.#detector.heard(from, nowMs)
    this.#act(from, message, nowMs)
    this.#carryOut()
  }

  #act(from: DeviceId, message: HealthMessage, nowMs: number): void {
    const { clock, linkStates } = this.#components
    switch (message.kind) {
      case 'ping':
        this.#detector.strained(from, message.strain)
        if (this.#mayAsk(from, nowMs)) this.#pong(from, message.seq, nowMs)
        return
      case 'pong':
        this.#detector.strained(from, message.strain)
        if (this.#prober(from).ponged(message.seq, message.nowMs, nowMs, clock.now())) {
          this.#detector.measured(from, nowMs)
        }
        return
      case 'ask':
        if (this.#mayAsk(from, nowMs)) this.#detector.asked(from, message.device, nowMs)
        return
      case 'answer':
        this.#detector.answered(from, message.device, message.sight, nowMs)
        return
      case 'suspicion':
        if (this.#mayAsk(from, nowMs)) this.#detector.suspected(message.device, nowMs)
        return
      case 'link-states':
        for (const code of linkStates.received(from, message.signed)) this.#refuse(from, code)
        return
      case 'goodbye':
        this.#detector.goodbye(from, nowMs)
    }
  }

  #carryOut(): void {
    for (
      let decisions = this.#detector.drain();
      decisions.length > 0;
      decisions = this.#detector.drain()
    ) {
      for (const decision of decisions) this.#carryOutOne(decision)
    }
  }

  #carryOutOne(decision: Decision): void {
    const components = this.#components
    switch (decision.kind) {
      case 'probe':
        this.#probe(decision.peer)
        return
      case 'ask':
        for (const peer of decision.peers) this.#send(peer, { kind: 'ask', device: decision.about })
        return
      case 'answer':
        this.#send(decision.peer, { kind: 'answer', device: decision.about, sight: decision.sight })
        return
      case 'suspect':
        for (const peer of components.channel.peers()) {
          if (peer !== decision.about)
            this.#send(peer, { kind: 'suspicion', device: decision.about })
        }
        return
      case 'dial':
        components.dial(decision.peer)
        return
      case 'reset':
        components.disconnect(decision.peer)
        return
      case 'changed':
        this.#announce(decision)
    }
  }

  #announce({ peer, before, after }: Decision & { readonly kind: 'changed' }): void {
    const { clock, linkStates } = this.#components
    if (GONE.has(after.cause)) linkStates.gone(peer)
    const isNews = before.state !== after.state || before.cause !== after.cause
    // Who vouches for it, or why it failed, is no event.
    if (!isNews || (before.state === 'failed' && after.state === 'failed')) return
    const atMs = clock.now()
    if (before.state !== after.state) this.#since.set(peer, atMs)
    if (after.state === 'left') this.#forget(peer)
    linkStates.ownChanged()
    for (const listener of this.#listeners) {
      listener.changed?.({ device: peer, before, after, atMs })
    }
  }

  #forget(peer: DeviceId): void {
    this.#probers.delete(peer)
    this.#limiters.delete(peer)
  }

  #own(): { readonly links: readonly StatedLink[]; readonly views: readonly StatedView[] } {
    const links = this.#detector.linked().map((peer) => {
      const trips = this.#probers.get(peer)?.trips
      return {
        peer,
        kind: this.#components.pathKind(peer),
        rttMs: trips?.smoothedMs ?? null,
        loss: trips?.loss ?? 0,
      }
    })
    const views: StatedView[] = []
    for (const device of this.#detector.members()) {
      const state = this.#detector.health(device)?.state
      if (state === 'suspect' || state === 'failed') views.push({ device, health: state })
    }
    return { links, views }
  }

  #probe(peer: DeviceId, waiter?: Waiter): boolean {
    const { clock } = this.#components
    const prober = this.#prober(peer)
    const seq = prober.sent(clock.monotonic(), clock.now(), waiter)
    const isSent = this.#send(peer, { kind: 'ping', seq, strain: this.strain })
    if (!isSent) prober.forget(seq)
    return isSent
  }

  #pong(to: DeviceId, seq: number, nowMs: number): void {
    this.#detector.sent(to, nowMs)
    this.#send(to, { kind: 'pong', seq, strain: this.strain, nowMs: this.#components.clock.now() })
  }

  #send(to: DeviceId, message: HealthMessage): boolean {
    return this.#components.channel.send(to, encodeHealth(message))
  }

  #prober(peer: DeviceId): Prober {
    let prober = this.#probers.get(peer)
    if (prober === undefined) {
      prober = new Prober(peer)
      this.#probers.set(peer, prober)
    }
    return prober
  }

  #mayAsk(peer: DeviceId, nowMs: number): boolean {
    let limiter = this.#limiters.get(peer)
    if (limiter === undefined) {
      limiter = new TokenBucket(QUESTIONS_PER_SECOND, QUESTIONS_PER_SECOND, nowMs)
      this.#limiters.set(peer, limiter)
    }
    if (limiter.take(nowMs)) return true
    this.#refuse(peer, 'RATE_LIMITED')
    return false
  }

  #refuse(peer: DeviceId, code: HealthRefusal): void {
    for (const listener of this.#listeners) listener.refused?.(peer, code)
  }
}
