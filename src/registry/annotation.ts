import { createHash } from 'node:crypto'
import type { DeviceId } from '../identity/device-id.ts'
import { RANK, type Role } from '../trust/role.ts'
import { isJsonObject, type Json, type JsonObject } from '../replica/json.ts'
import { ANNOTATIONS_PREFIX } from '../replica/standing.ts'
import { readCount, readText, readTexts } from './device-record.ts'

/** What an admin may say of a device. An empty name leaves the device's own. */
export interface AnnotationPatch {
  readonly name?: string
  readonly tags?: readonly string[]
  readonly note?: string
}

export type AnnotationField = keyof AnnotationPatch
export const ANNOTATION_FIELDS: readonly AnnotationField[] = ['name', 'tags', 'note']

/** A value with the number that orders it among those of the same role. */
export interface Versioned<Value> {
  readonly value: Value
  readonly version: number
}

/** One author's words about one device. */
export interface Annotation {
  readonly name?: Versioned<string>
  readonly tags?: Versioned<readonly string[]>
  readonly note?: Versioned<string>
}

export const TAGS_MAX = 32
export const NOTE_MAX_CHARS = 4_096

/**
 * A document holds at most 48 KiB, so an author's annotations lie in sixteen, by a hash of their subject:
 * room for the names and tags of thousands of devices.
 */
export function annotationsDocument(subject: DeviceId): string {
  const shard = (createHash('sha256').update(subject).digest()[0] ?? 0) & 0x0f
  return `${ANNOTATIONS_PREFIX}${shard.toString(16)}`
}

export interface ReadAnnotations {
  readonly bySubject: ReadonlyMap<DeviceId, Annotation>
  readonly faults: readonly string[]
}

export function readAnnotations(value: JsonObject): ReadAnnotations {
  const bySubject = new Map<DeviceId, Annotation>()
  const faults: string[] = []
  for (const [subject, json] of Object.entries(value)) {
    if (!isJsonObject(json)) {
      faults.push(subject)
      continue
    }
    const read = {
      name: readVersioned(json['name'], readText),
      tags: readVersioned(json['tags'], (tags) => readTexts(tags, TAGS_MAX)),
      note: readVersioned(json['note'], readNote),
    }
    for (const field of ANNOTATION_FIELDS)
      if (read[field] === 'fault') faults.push(`${subject} ${field}`)
    bySubject.set(subject, {
      ...(typeof read.name === 'object' && { name: read.name }),
      ...(typeof read.tags === 'object' && { tags: read.tags }),
      ...(typeof read.note === 'object' && { note: read.note }),
    })
  }
  return { bySubject, faults }
}

/** An annotation by an author who may annotate now. */
export interface Opinion {
  readonly author: DeviceId
  readonly role: Role
  readonly annotation: Annotation
}

/** The one that counts: of the highest role, there of the highest version, there of the lowest author. */
export function decide<Field extends AnnotationField>(
  opinions: readonly Opinion[],
  field: Field,
): { readonly opinion: Opinion; readonly said: NonNullable<Annotation[Field]> } | undefined {
  let best: { opinion: Opinion; said: NonNullable<Annotation[Field]> } | undefined
  for (const opinion of opinions) {
    const said = opinion.annotation[field]
    if (said === undefined) continue
    const candidate = { opinion, said: said as NonNullable<Annotation[Field]> }
    if (best === undefined || outweighs(candidate, best)) best = candidate
  }
  return best
}

interface Weighed {
  readonly opinion: Opinion
  readonly said: Versioned<unknown>
}

function outweighs(a: Weighed, b: Weighed): boolean {
  const rank = RANK[a.opinion.role] - RANK[b.opinion.role]
  if (rank !== 0) return rank > 0
  if (a.said.version !== b.said.version) return a.said.version > b.said.version
  return a.opinion.author < b.opinion.author
}

function readVersioned<Value>(
  json: Json | undefined,
  read: (value: Json) => Value | undefined,
): Versioned<Value> | 'absent' | 'fault' {
  if (json === undefined) return 'absent'
  if (!isJsonObject(json)) return 'fault'
  const value = read(json['value'] ?? null)
  const version = readCount(json['version'] ?? null)
  return value === undefined || version === undefined ? 'fault' : { value, version }
}

function readNote(json: Json): string | undefined {
  return typeof json === 'string' && json.length <= NOTE_MAX_CHARS ? json : undefined
}
