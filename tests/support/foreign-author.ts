import { clientIdOf } from '../../src/replica/client-id.ts'
import { type Envelope, NO_HASH, readEnvelope, sha256Hex } from '../../src/replica/envelope.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import { networkKeyOf } from '../../src/identity/network-id.ts'
import { ReplicaDocument } from '../../src/replica/replica-document.ts'
import { ENVELOPE_DOMAIN } from '../../protocols/replica/constants.ts'
import { encodeEnvelopeBody, encodeSignedBody } from '../../protocols/replica/envelope-codec.ts'
import type { EnvelopeFields } from '../../protocols/replica/messages.ts'
import { ANY, setRoot, update } from './yjs-bytes.ts'
import { HOME } from './replica-mesh.ts'

/** Writes envelopes by hand, one after the other, honest unless told otherwise. */
export class ForeignAuthor {
  readonly key: DeviceKey
  readonly document: string
  readonly network: Uint8Array
  incarnation = 1
  seq = 0
  prev = NO_HASH
  clock = 0

  constructor(key: DeviceKey, document = 'device', network = HOME) {
    this.key = key
    this.document = document
    this.network = networkKeyOf(network)
  }

  get client(): number {
    return clientIdOf({
      network: this.network,
      document: this.document,
      author: this.key.publicKey,
      incarnation: this.incarnation,
    })
  }

  /** Sets one new key to a number. */
  next(n: number, overrides: Partial<EnvelopeFields> = {}): Envelope {
    return this.send(update(this.client, this.clock, [setRoot(`k${n}`, ANY.int(n))]), 1, overrides)
  }

  /** Any update, said to take `clocks`; the chain goes on after it. */
  send(bytes: Uint8Array, clocks: number, overrides: Partial<EnvelopeFields> = {}): Envelope {
    const envelope = this.seal(bytes, clocks, overrides)
    this.seq += 1
    this.prev = envelope.hash
    this.clock += clocks
    return envelope
  }

  /** As `send`, but the chain stays where it is. */
  seal(bytes: Uint8Array, clocks: number, overrides: Partial<EnvelopeFields> = {}): Envelope {
    return readEnvelope(this.sign(bytes, clocks, overrides))
  }

  /** As `seal`, for what cannot be read back. */
  sign(bytes: Uint8Array, clocks: number, overrides: Partial<EnvelopeFields> = {}): Uint8Array {
    const body = encodeEnvelopeBody({
      network: this.network,
      document: this.document,
      author: this.key.publicKey,
      incarnation: this.incarnation,
      seq: this.seq + 1,
      prev: Buffer.from(this.prev, 'hex'),
      kind: 'update',
      clockFrom: this.clock,
      clockTo: this.clock + clocks,
      update: bytes,
      timeMs: 0,
      stateHash: undefined,
      ...overrides,
    })
    const signed = Buffer.concat([Buffer.from(`${ENVELOPE_DOMAIN}\0`), body])
    return encodeSignedBody({ body, signature: this.key.sign(signed) })
  }

  /** A snapshot that says `{ n }`. */
  snapshot(n: number, overrides: Partial<EnvelopeFields> = {}): Envelope {
    const bytes = update(this.client, 0, [setRoot('n', ANY.int(n))])
    const document = ReplicaDocument.empty(this.client)
    document.apply(bytes)
    const stateHash = Buffer.from(sha256Hex(document.read().text), 'hex')
    this.clock = 0
    return this.send(bytes, 1, { kind: 'snapshot', stateHash, ...overrides })
  }
}
