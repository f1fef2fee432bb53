import type { DeviceId } from '../identity/device-id.ts'
import { PERMISSIONS } from '../trust/permission.ts'
import type { Role } from '../trust/role.ts'

/** What the trust log says of an author now. */
export interface AuthorStanding {
  readonly isMember: boolean
  readonly role: Role | null
}

/** One author's document: only that author ever writes it. */
export interface DocumentId {
  readonly author: DeviceId
  readonly document: string
}

export const DEVICE_DOCUMENT = 'device'
export const ANNOTATIONS_PREFIX = 'annotations.'

export function documentKey(id: DocumentId): string {
  return `${id.author}/${id.document}`
}

export function isKnownDocument(document: string): boolean {
  return document === DEVICE_DOCUMENT || /^annotations\.[0-9a-f]$/.test(document)
}

/** Whoever is in the network describes itself; what is said about others is said by admins. */
export function mayWrite(standing: AuthorStanding, document: string): boolean {
  if (!standing.isMember || !isKnownDocument(document)) return false
  if (document === DEVICE_DOCUMENT) return true
  return standing.role !== null && PERMISSIONS[standing.role].has('device:annotate')
}
