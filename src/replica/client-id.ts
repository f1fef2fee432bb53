import { createHash } from 'node:crypto'
import { CLIENT_ID_DOMAIN } from '../../protocols/replica/constants.ts'

export interface ClientIdParts {
  readonly network: Uint8Array
  readonly document: string
  readonly author: Uint8Array
  readonly incarnation: number
}

/**
 * The one Yjs client id an author may use in a document: 53 bits of a hash, so that nobody can choose it,
 * and a restart adds nothing to the document.
 */
export function clientIdOf(parts: ClientIdParts): number {
  const digest = createHash('sha256')
    .update(`${CLIENT_ID_DOMAIN}\0${parts.document}\0${parts.incarnation}\0`)
    .update(parts.network)
    .update(parts.author)
    .digest()
  return Number(digest.readBigUInt64BE(0) >> 11n)
}
