import type { DialOutcome } from '../../../src/discovery/dial-outcome.ts'
import type { Standing } from '../../../src/network/gate.ts'
import type { GroupProof } from '../../../src/network/group-keys.ts'
import { StoreError } from '../../../src/storage/store-error.ts'
import type { Endpoint } from './endpoint.ts'

/** What a hello needs of the wire. */
export interface HelloWire {
  trip(from: Endpoint, to: Endpoint): Promise<void>
  join(a: Endpoint, b: Endpoint): void
}

/**
 * The course of `/asgard/hello` between two processes with the shipped rules behind it: who is known is let in,
 * who is not shows its proof of admission, and two who do not know each other show that they hold a group key first.
 */
export async function greet(wire: HelloWire, a: Endpoint, b: Endpoint): Promise<DialOutcome> {
  b.hearTime(a.id, a.process.now())
  let ofA = b.standing(a.id)
  await wire.trip(b, a)
  a.hearTime(b.id, b.process.now())
  let ofB = a.standing(b.id)
  if (isSettled(ofA) || isSettled(ofB)) return denied(ofA, ofB)
  if (!ofA.accepts && !ofB.accepts && !(proves(a, b) && proves(b, a))) return denied(ofA, ofB)
  if (!ofA.accepts) {
    const proof = a.trust.proofOf(a.id)
    await wire.trip(a, b)
    ofA = await shown(b, a, proof)
  }
  if (!ofB.accepts) {
    const proof = b.trust.proofOf(b.id)
    await wire.trip(b, a)
    ofB = await shown(a, b, proof)
  }
  await wire.trip(a, b)
  await wire.trip(b, a)
  if (!ofA.accepts || !ofB.accepts || !a.isMember(b.id) || !b.isMember(a.id))
    return denied(ofA, ofB)
  wire.join(a, b)
  return { outcome: 'connected', detail: '' }
}

async function shown(
  judge: Endpoint,
  stranger: Endpoint,
  proof: readonly Uint8Array[],
): Promise<Standing> {
  try {
    const report = await judge.trust.ingest(proof, { parks: false })
    if (report.refused.length > 0) return { accepts: false, refusal: 'stranger' }
  } catch (err) {
    if (!(err instanceof StoreError)) throw err
  }
  return judge.standing(stranger.id)
}

function proves(prover: Endpoint, verifier: Endpoint): boolean {
  const nonce = new Uint8Array(32)
  const proof: GroupProof = {
    prover: prover.id,
    verifier: verifier.id,
    proverNonce: nonce,
    verifierNonce: nonce,
  }
  const newest = ({ trust }: Endpoint) => trust.state.epochs.at(-1)?.commitment
  const mac = prover.groupKeys.prove(newest(prover), proof)
  return verifier.groupKeys.verify(mac, newest(verifier), proof)
}

/** A refusal that no further record can change. */
function isSettled(standing: Standing): boolean {
  return !standing.accepts && standing.refusal === 'revoked'
}

function denied(ofA: Standing, ofB: Standing): DialOutcome {
  const refusal = [ofA, ofB].find((standing) => !standing.accepts)
  return { outcome: 'denied', detail: refusal?.accepts === false ? refusal.refusal : 'stranger' }
}
