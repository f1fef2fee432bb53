import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Stream } from '@libp2p/interface'
import { ProtocolError } from '../protocol-error.ts'
import {
  JOIN_APPROVAL_MAX_MS,
  JOIN_NONCE_BYTES,
  JOIN_PAGE_TIMEOUT_MS,
  JOIN_REQUEST_MAX_BYTES,
  JOIN_TIMEOUT_MS,
} from './constants.ts'
import { JoinConversation, unexpected } from './conversation.ts'
import type { JoinAdmitted, JoinRefused, JoinRequest } from './messages.ts'
import { type JoinTranscript, commitmentTo, proofBytes, wordsBytes } from './transcript.ts'

/** A signal that aborts after so many ms: protocols hold no clock. */
export type Within = (delayMs: number) => AbortSignal

export interface Joiner {
  readonly network: Uint8Array
  readonly self: Uint8Array
  readonly admitter: Uint8Array
  readonly invite: Uint8Array
  readonly name: string
  readonly platform: string
  /** Signs with the invite key. */
  prove(bytes: Uint8Array): Uint8Array
  /** A person on the other side has to approve; both screens show words made from `transcript`. */
  onPending(transcript: Uint8Array, waitMs: number): void
  /** Takes a page of the other side's trust log, parents first; false ends the join. */
  take(records: readonly Uint8Array[]): Promise<boolean>
}

export type JoinOutcome =
  | JoinAdmitted
  /** A page was not taken. */
  | { readonly kind: 'doubted' }
  | JoinRefused

/** The joining side. `signal` ends it at any point; a refusal is a value. */
export async function requestJoin(
  stream: Stream,
  joiner: Joiner,
  within: Within,
  signal: AbortSignal,
): Promise<JoinOutcome> {
  const talk = new JoinConversation(stream)
  try {
    const brief = AbortSignal.any([signal, within(JOIN_TIMEOUT_MS)])
    const joinerNonce = randomBytes(JOIN_NONCE_BYTES)
    const { network, invite, name, platform } = joiner
    await talk.send(
      { kind: 'request', network, invite, commitment: commitmentTo(joinerNonce), name, platform },
      brief,
    )
    const challenge = await talk.read(brief)
    if (challenge.kind === 'refused') return challenge
    if (challenge.kind !== 'challenge') throw unexpected(challenge.kind)
    const transcript = {
      network,
      joiner: joiner.self,
      admitter: joiner.admitter,
      joinerNonce,
      admitterNonce: challenge.nonce,
    }
    await talk.send(
      { kind: 'answer', nonce: joinerNonce, signature: joiner.prove(proofBytes(transcript)) },
      brief,
    )

    let reply = await talk.read(brief)
    let patient: AbortSignal = brief
    if (reply.kind === 'pending') {
      const waitMs = Math.min(reply.waitMs, JOIN_APPROVAL_MAX_MS)
      joiner.onPending(wordsBytes(transcript), waitMs)
      patient = AbortSignal.any([signal, within(waitMs + JOIN_TIMEOUT_MS)])
      reply = await talk.read(patient)
    }
    if (reply.kind === 'refused') return reply
    if (reply.kind !== 'records') throw unexpected(reply.kind)
    const patience = () => AbortSignal.any([signal, within(JOIN_PAGE_TIMEOUT_MS)])
    const isTaken = await talk.readRecords(reply, (records) => joiner.take(records), patience)
    if (!isTaken) {
      stream.abort(new ProtocolError('MALFORMED', 'join: records that do not hold'))
      return { kind: 'doubted' }
    }
    const last = patience()
    const admitted = await talk.read(last)
    if (admitted.kind === 'refused') return admitted
    if (admitted.kind !== 'admitted') throw unexpected(admitted.kind)
    await stream.close({ signal: last })
    return admitted
  } catch (err) {
    stream.abort(err as Error)
    throw err
  }
}

export interface Admitter {
  readonly self: Uint8Array
  readonly joiner: Uint8Array
  /** Cheap checks before any work: is there such an invite, is it open? */
  screen(request: JoinRequest): JoinRefused | undefined
  verify(invite: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean
  /** Undefined when nobody has to approve; else resolves with the person's answer. */
  approval(
    request: JoinRequest,
    words: Uint8Array,
    signal: AbortSignal,
  ): Promise<JoinRefused | undefined> | undefined
  /** Writes the admission; on disk before it resolves. */
  admit(
    request: JoinRequest,
  ): Promise<
    JoinRefused | { readonly admitted: JoinAdmitted; readonly records: readonly Uint8Array[] }
  >
  refusal(reason: JoinRefused['reason'], detail: string): JoinRefused
}

/** The admitting side. Resolves with the refusal it sent, or undefined when the device was admitted. */
export async function answerJoin(
  stream: Stream,
  admitter: Admitter,
  within: Within,
  signal: AbortSignal,
): Promise<JoinRefused | undefined> {
  const talk = new JoinConversation(stream, JOIN_REQUEST_MAX_BYTES)
  try {
    const refused = await decide(talk, admitter, within, signal)
    const brief = AbortSignal.any([signal, within(JOIN_TIMEOUT_MS)])
    if (refused !== undefined) await talk.send(refused, brief)
    await stream.close({ signal: brief })
    return refused
  } catch (err) {
    stream.abort(err as Error)
    throw err
  }
}

async function decide(
  talk: JoinConversation,
  admitter: Admitter,
  within: Within,
  signal: AbortSignal,
): Promise<JoinRefused | undefined> {
  const brief = AbortSignal.any([signal, within(JOIN_TIMEOUT_MS)])
  const request = await talk.read(brief)
  if (request.kind !== 'request') throw unexpected(request.kind)
  const screened = admitter.screen(request)
  if (screened !== undefined) return screened

  const admitterNonce = randomBytes(JOIN_NONCE_BYTES)
  await talk.send({ kind: 'challenge', nonce: admitterNonce }, brief)
  const answer = await talk.read(brief)
  if (answer.kind !== 'answer') throw unexpected(answer.kind)
  const transcript: JoinTranscript = {
    network: request.network,
    joiner: admitter.joiner,
    admitter: admitter.self,
    joinerNonce: answer.nonce,
    admitterNonce,
  }
  const isCommitted = timingSafeEqual(
    digest(commitmentTo(answer.nonce)),
    digest(request.commitment),
  )
  if (!isCommitted || !admitter.verify(request.invite, proofBytes(transcript), answer.signature)) {
    return admitter.refusal('bad-proof', 'the ticket does not belong to this invite')
  }

  const approval = admitter.approval(request, wordsBytes(transcript), signal)
  if (approval !== undefined) {
    await talk.send({ kind: 'pending', waitMs: JOIN_APPROVAL_MAX_MS }, brief)
    const denied = await approval
    if (denied !== undefined) return denied
  }
  const result = await admitter.admit(request)
  if ('kind' in result) return result
  const patience = () => AbortSignal.any([signal, within(JOIN_PAGE_TIMEOUT_MS)])
  await talk.sendRecords(result.records, patience)
  await talk.send(result.admitted, patience())
  return undefined
}

function digest(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}
