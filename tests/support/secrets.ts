import { multiaddr } from '@multiformats/multiaddr'
import type { AsgardNode } from '../../node/library.ts'
import { publicKeyOf } from '../../src/identity/device-id.ts'
import { networkKeyOf } from '../../src/identity/network-id.ts'
import { idOf, meshOf } from './nodes.ts'

export interface Secret {
  readonly what: string
  readonly bytes: Buffer
}

/** Signatures are unique to a record and never sent without it. */
const SIGNATURE_BYTES = 64

/**
 * What nobody outside may learn from `node`: the network, the other members, their names and addresses, and any
 * record. What a dialler knows anyway (the id and address it dialled) is not among it.
 */
export function secretsOf(node: AsgardNode, others: readonly AsgardNode[]): Secret[] {
  const { trust, registry, id } = meshOf(node)
  const secrets: Secret[] = []
  const add = (what: string, bytes: Uint8Array | string) =>
    secrets.push({ what, bytes: Buffer.from(bytes) })
  add('network id', id)
  add('network key', networkKeyOf(id))
  add('network name', trust.state.name)
  add('platform', `${process.platform}/${process.arch}`)
  add('version', 'asgard/0.')
  for (const record of trust.missing([], Infinity))
    add('trust record', record.subarray(-SIGNATURE_BYTES))
  for (const { name, note } of registry.filter({ state: 'any' })) {
    add('device name', name)
    if (note !== '') add('note', note)
  }
  for (const other of others) {
    add('member id', idOf(other))
    add('member key', publicKeyOf(idOf(other)))
    for (const address of meshOf(other).addresses()) {
      add('address', address)
      add('address bytes', multiaddr(address).bytes)
    }
  }
  return secrets
}

/** The kinds of secrets in what was heard; none is what a stranger should hear. */
export function leaks(secrets: readonly Secret[], heard: readonly Uint8Array[]): string[] {
  const all = Buffer.concat(heard)
  return [
    ...new Set(secrets.filter(({ bytes }) => all.includes(bytes)).map(({ what }) => what)),
  ].sort()
}
