import { SignedTrustRecord, TrustRecordBody } from '../../proto/gen/trust.js'
import type { DeviceKey } from '../../src/identity/device-key.ts'

type Body = TrustRecordBody
/** Undefined takes a field out. */
type Change = { [Field in keyof Body]?: Body[Field] | undefined }

/** Signs any body, legal or not, as somebody would who does not use our code. */
export function signBody(body: Uint8Array, key: DeviceKey): Uint8Array {
  const message = Buffer.concat([Buffer.from('asgard/trust/1\0'), body])
  return SignedTrustRecord.encode({ body, signature: key.sign(message) })
}

/** The record with some fields of its body replaced, signed again. */
export function rewrite(
  bytes: Uint8Array,
  key: DeviceKey,
  change: (body: Body) => Change,
): Uint8Array {
  const body = TrustRecordBody.decode(SignedTrustRecord.decode(bytes).body)
  return signBody(TrustRecordBody.encode({ ...body, ...change(body) } as Body), key)
}

export function bodyOf(bytes: Uint8Array): Uint8Array {
  return SignedTrustRecord.decode(bytes).body
}
