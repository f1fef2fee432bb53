import { randomBytes } from 'node:crypto'
import type { Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { ProtocolError } from '../protocol-error.ts'
import { PageBudget, pagesOf } from '../record-pages.ts'
import { decodeHello, encodeHello } from './codec.ts'
import {
  HELLO_BUFFER_MAX_BYTES,
  HELLO_FRAME_MAX_BYTES,
  HELLO_FULL_PAGE_MIN_BYTES,
  HELLO_NONCE_BYTES,
  HELLO_PAGE_MAX_BYTES,
  HELLO_RECORDS_MAX,
  HELLO_RECORDS_MAX_BYTES,
} from './constants.ts'
import type { HelloMessage, HelloRefusal } from './messages.ts'

export interface Standing {
  readonly accepts: boolean
  readonly refusal?: HelloRefusal
}

export interface HelloPolicy {
  /** This device's wall clock. */
  nowMs(): number
  /** The other side's wall clock, as it says; called before `standing` is asked for good. */
  heardTime(theirMs: number): void
  /** Is the other side a member, as far as this side knows now? */
  standing(): Standing
  /** HMAC over both nonces by the newest group key; random bytes without one. */
  proof(own: Uint8Array, other: Uint8Array): Uint8Array
  /** Is the other side's HMAC by the newest group key that is held here? */
  verifies(mac: Uint8Array, own: Uint8Array, other: Uint8Array): boolean
  /** This device's proof of admission, parents first. */
  ownRecords(): readonly Uint8Array[]
  /** Takes the other side's proof; false when any of it was invalid. */
  ingest(records: readonly Uint8Array[]): Promise<boolean>
  /** A full page was shown to a peer that asks for more, or taken from one that has more: the time starts anew. */
  progressed(): void
}

export interface HelloResult {
  /** Both sides accept each other. */
  readonly isMutual: boolean
  /** What this side found; what the other side said. */
  readonly own: Standing
  readonly theirs: Standing
}

type Role = 'dialler' | 'listener'

/**
 * Runs one hello; README.md has the sequence. What this side tells a stranger before the stranger has
 * proved a group key or is known as a member: a random nonce and a refusal, nothing else.
 */
export async function exchangeHello(
  stream: Stream,
  role: Role,
  policy: HelloPolicy,
  signal: AbortSignal,
): Promise<HelloResult> {
  try {
    const result = await run(new Conversation(stream, signal), role, policy)
    await stream.close({ signal })
    return result
  } catch (err) {
    stream.abort(err as Error)
    throw err
  }
}

async function run(talk: Conversation, role: Role, policy: HelloPolicy): Promise<HelloResult> {
  const nonce = randomBytes(HELLO_NONCE_BYTES)
  let own: Standing = { accepts: false }
  const open = () => {
    own = policy.standing() // what was said decides the sequence, also when it turns out otherwise
    return { kind: 'open' as const, nonce, timeMs: policy.nowMs(), ...own }
  }
  const opened = await talk.swap(
    role,
    open,
    'open',
    ({ timeMs }) => timeMs > 0 && policy.heardTime(timeMs),
  )
  let theirs: Standing = opened

  if (own.accepts && theirs.accepts) return { isMutual: true, own, theirs }
  if (isSettled(own) || isSettled(theirs)) return { isMutual: false, own, theirs }
  if (!own.accepts && !theirs.accepts) {
    const mac = policy.proof(nonce, opened.nonce)
    const proof = await talk.swap(role, () => ({ kind: 'proof', mac }), 'proof')
    if (!policy.verifies(proof.mac, nonce, opened.nonce)) return { isMutual: false, own, theirs }
  }

  /** False when the hello has ended in the middle of the pages. */
  const show = async (): Promise<boolean> => {
    if (theirs.accepts) return true
    const refusal = await talk.sendRecords(policy.ownRecords(), () => policy.progressed())
    theirs = refusal ?? theirs
    return refusal === undefined
  }
  const look = async (): Promise<boolean> => {
    if (own.accepts) return true
    const { isValid, isWhole } = await talk.readRecords(policy)
    own = isValid ? policy.standing() : { accepts: false, refusal: 'bad-records' }
    return isWhole
  }
  const askedThem = !theirs.accepts
  const wasAsked = !own.accepts
  const isOver =
    role === 'dialler' ? !(await show()) || !(await look()) : !(await look()) || !(await show())
  if (isOver) return { isMutual: false, own, theirs }
  const tell = async () => {
    if (wasAsked) await talk.send({ kind: 'verdict', ...own })
  }
  const hear = async () => {
    if (askedThem) theirs = await talk.read('verdict')
  }
  if (role === 'dialler') {
    await tell()
    await hear()
  } else {
    await hear()
    await tell()
  }
  return { isMutual: own.accepts && theirs.accepts, own, theirs }
}

/** A refusal that no further record can change. */
function isSettled(standing: Standing): boolean {
  return !standing.accepts && standing.refusal === 'revoked'
}

const RECORDS_LIMITS = {
  bytes: HELLO_RECORDS_MAX_BYTES,
  records: HELLO_RECORDS_MAX,
  fullPageBytes: HELLO_FULL_PAGE_MIN_BYTES,
}

class Conversation {
  readonly #stream: ReturnType<typeof lpStream>
  readonly #signal: AbortSignal

  constructor(stream: Stream, signal: AbortSignal) {
    this.#stream = lpStream(stream, {
      maxDataLength: HELLO_FRAME_MAX_BYTES,
      maxBufferSize: HELLO_BUFFER_MAX_BYTES,
    })
    this.#signal = signal
  }

  async send(message: HelloMessage): Promise<void> {
    await this.#stream.write(encodeHello(message), { signal: this.#signal })
  }

  async read<Kind extends HelloMessage['kind']>(
    kind: Kind,
  ): Promise<Extract<HelloMessage, { kind: Kind }>> {
    const message = await this.#receive()
    if (message.kind !== kind) throw unexpected(message.kind, kind)
    return message as Extract<HelloMessage, { kind: Kind }>
  }

  async #receive(): Promise<HelloMessage> {
    return decodeHello((await this.#stream.read({ signal: this.#signal })).subarray())
  }

  /** The dialler speaks first. */
  async swap<Kind extends HelloMessage['kind']>(
    role: Role,
    message: () => Extract<HelloMessage, { kind: Kind }>,
    kind: Kind,
    heard: (other: Extract<HelloMessage, { kind: Kind }>) => void = () => {},
  ): Promise<Extract<HelloMessage, { kind: Kind }>> {
    if (role === 'dialler') await this.send(message())
    const other = await this.read(kind)
    heard(other)
    if (role === 'listener') await this.send(message())
    return other
  }

  /** Each page once the other side has asked for it. Returns the verdict that it gave instead, if it did. */
  async sendRecords(
    records: readonly Uint8Array[],
    progressed: () => void,
  ): Promise<Standing | undefined> {
    for (const page of pagesOf(records, HELLO_PAGE_MAX_BYTES)) {
      await this.send({ kind: 'records', ...page })
      if (!page.more) break
      const reply = await this.#receive()
      if (reply.kind === 'verdict' && !reply.accepts) return reply
      if (reply.kind !== 'next') throw unexpected(reply.kind, 'next')
      progressed()
    }
    return undefined
  }

  /** Each page is taken before the next one is asked for. One that does not hold ends it, with a verdict if more follow. */
  async readRecords(policy: HelloPolicy): Promise<{ isValid: boolean; isWhole: boolean }> {
    const budget = new PageBudget(RECORDS_LIMITS)
    for (;;) {
      const page = await this.read('records')
      budget.spend(page)
      const isValid = await policy.ingest(page.records)
      if (!page.more) return { isValid, isWhole: true }
      if (!isValid) {
        await this.send({ kind: 'verdict', accepts: false, refusal: 'bad-records' })
        return { isValid, isWhole: false }
      }
      policy.progressed()
      await this.send({ kind: 'next' })
    }
  }
}

function unexpected(kind: string, due: string): ProtocolError {
  return new ProtocolError('UNEXPECTED_FRAME', `hello: ${kind} where ${due} was due`)
}
