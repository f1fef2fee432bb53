import type { Connection } from '@libp2p/interface'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import { requestJoin } from '../../protocols/join/exchange.ts'
import type { JoinRefusal } from '../../protocols/join/messages.ts'
import type { Clock } from '../clock/clock.ts'
import { deadline } from '../clock/deadline.ts'
import { confirmationWords } from '../identity/confirmation-words.ts'
import { publicKeyOf } from '../identity/device-id.ts'
import type { DeviceKey } from '../identity/device-key.ts'
import { networkKeyOf } from '../identity/network-id.ts'
import { can } from '../trust/permission.ts'
import type { Refusal } from '../trust/trust-error.ts'
import { inviteKeyOf } from './invite-key.ts'
import type { InviteTicket } from './ticket.ts'
import type { TrustLog } from '../trust/trust-log.ts'

/** One address that does not answer must not cost the others their turn. */
const DIAL_TIMEOUT_MS = 8_000

export interface JoinClientComponents {
  readonly key: DeviceKey
  readonly trust: TrustLog
  dial(address: string, signal: AbortSignal): Promise<Connection>
  readonly clock: Clock
}

export interface JoinListener {
  onReached(connection: Connection): void
  onPending(words: readonly string[], waitMs: number): void
}

export type JoinResult =
  | {
      readonly kind: 'joined'
      readonly connection: Connection
      readonly groupKeys: readonly Uint8Array[]
      readonly skewMs: number
    }
  | {
      readonly kind: 'refused'
      readonly reason: JoinRefusal
      readonly detail: string
      readonly by: string
      readonly timeMs: number
      readonly expiredAtMs: number
    }
  /** Nobody could be reached; one line per address. */
  | {
      readonly kind: 'unreachable'
      readonly attempts: readonly { readonly address: string; readonly cause: string }[]
    }
  | { readonly kind: 'untrusted'; readonly detail: string; readonly by: string }

/** Tries of an address that answers but does not hold, as when a Wi-Fi drops while a person decides. */
const ATTEMPTS_MAX = 3

/** Refusals that another admin might not repeat. */
const WORTH_ANOTHER_TRY: ReadonlySet<JoinRefusal> = new Set([
  'wrong-network',
  'unknown-invite',
  'not-an-admin',
  'busy',
])

/**
 * The joining side: tries the addresses one after the other until an admin of the ticket's network answers.
 * Who answers is not trusted: the secret is never sent, and what comes back has to chain to the network's key.
 */
export async function joinNetwork(
  ticket: InviteTicket,
  addresses: readonly string[],
  name: string,
  platform: string,
  components: JoinClientComponents,
  listener: JoinListener,
  signal: AbortSignal,
): Promise<JoinResult> {
  const attempts: { address: string; cause: string }[] = []
  let refusal: JoinResult | undefined
  for (const address of addresses) {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      let hasReached = false
      try {
        const limited = AbortSignal.any([signal, deadline(components.clock, DIAL_TIMEOUT_MS)])
        const connection = await components.dial(wholeAddress(address, ticket), limited)
        hasReached = true
        listener.onReached(connection)
        const result = await joinOver(
          connection,
          ticket,
          name,
          platform,
          components,
          listener,
          signal,
        )
        if (result.kind !== 'refused' || !WORTH_ANOTHER_TRY.has(result.reason)) return result
        refusal = result
        break
      } catch (err) {
        signal.throwIfAborted()
        attempts.push({ address, cause: (err as Error).message })
        if (!hasReached) break // a connection that broke is worth another try, one that never was is not
      }
    }
  }
  return refusal ?? { kind: 'unreachable', attempts }
}

/** A ticket leaves its inviter's id out at the end of an address; a relay has to be told whom to reach. */
function wholeAddress(address: string, { inviter }: InviteTicket): string {
  return address.endsWith('/p2p-circuit') ? `${address}/p2p/${inviter}` : address
}

async function joinOver(
  connection: Connection,
  ticket: InviteTicket,
  name: string,
  platform: string,
  { key, trust, clock }: JoinClientComponents,
  listener: JoinListener,
  signal: AbortSignal,
): Promise<JoinResult> {
  const by = connection.remotePeer.toString()
  const inviteKey = inviteKeyOf(ticket.networkId, ticket.secret)
  const stream = await connection.newStream([JOIN_PROTOCOL], {
    signal,
    runOnLimitedConnection: true,
  })
  let doubt: Refusal | undefined
  const outcome = await requestJoin(
    stream,
    {
      network: networkKeyOf(ticket.networkId),
      self: key.publicKey,
      admitter: publicKeyOf(by),
      invite: inviteKey.publicKey,
      name,
      platform,
      prove: (bytes) => inviteKey.sign(bytes),
      onPending: (transcript, waitMs) => listener.onPending(confirmationWords(transcript), waitMs),
      take: async (records) => {
        doubt = (await trust.ingest(records)).refused[0]
        return doubt === undefined
      },
    },
    (delayMs) => deadline(clock, delayMs),
    signal,
  )
  if (outcome.kind === 'refused') return { ...outcome, by }
  if (outcome.kind === 'doubted') {
    return { kind: 'untrusted', by, detail: `its trust log does not hold: ${doubt?.detail}` }
  }
  // By the admitting device's clock: this one's may be wrong, and has just been told so.
  if (!can(trust.state, by, 'device:admit', outcome.timeMs)) {
    return { kind: 'untrusted', by, detail: 'it is no admin of the network on the ticket' }
  }
  if (!trust.state.members.has(key.id)) {
    return { kind: 'untrusted', by, detail: 'its trust log does not contain this device' }
  }
  return {
    kind: 'joined',
    connection,
    groupKeys: outcome.groupKeys,
    skewMs: clock.now() - outcome.timeMs,
  }
}
