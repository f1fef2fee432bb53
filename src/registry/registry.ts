import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { RANK } from '../trust/role.ts'
import type { TrustState } from '../trust/trust-state.ts'
import type { Replica } from '../replica/replica.ts'
import type { DocumentId } from '../replica/standing.ts'
import {
  ANNOTATION_FIELDS,
  type AnnotationField,
  type AnnotationPatch,
  annotationsDocument,
  decide,
} from './annotation.ts'
import { type DeviceFilter, type DevicePage, pageOf } from './device-query.ts'
import type { Profile } from './device-record.ts'
import { mapAt, OwnRecord } from './own-record.ts'
import type { RegistryDevice } from './registry-device.ts'
import { RegistryError } from './registry-error.ts'
import { RegistryView } from './registry-view.ts'

export interface RegistryParts {
  readonly replica: Replica
  readonly trust: {
    readonly state: TrustState
    onChange(listener: () => void): () => void
  }
  readonly clock: Clock
}

export type RegistryListener = (devices: ReadonlySet<DeviceId>) => void

/** What the network knows of its devices, the same on all of them. */
export class Registry {
  readonly #parts: RegistryParts
  readonly #view: RegistryView
  readonly #own: OwnRecord
  readonly #listeners = new Set<RegistryListener>()
  readonly #unlisten: readonly (() => void)[]

  constructor(parts: RegistryParts) {
    this.#parts = parts
    this.#view = new RegistryView(parts.replica, parts.trust.state)
    this.#own = new OwnRecord(parts.replica, parts.clock)
    this.#unlisten = [
      parts.replica.listen({
        changed: (id: DocumentId) => this.#tell(this.#view.documentChanged(id)),
      }),
      parts.trust.onChange(() => this.#tell(this.#view.trustChanged(parts.trust.state))),
    ]
  }

  close(): void {
    for (const unlisten of this.#unlisten) unlisten()
    this.#own.close()
  }

  get(device: DeviceId): RegistryDevice | undefined {
    return this.#view.get(device)
  }

  /** All that match, by name. */
  filter(filter: DeviceFilter = {}): readonly RegistryDevice[] {
    return this.list(filter, { cursor: null, limit: Infinity }).devices
  }

  list(
    filter: DeviceFilter,
    part: { readonly cursor: string | null; readonly limit: number },
  ): DevicePage {
    return pageOf(this.#view.sorted(), filter, part)
  }

  /** Members that say they have applied a revocation, with the time by their own clocks. */
  receipts(revocationId: string): ReadonlyMap<DeviceId, number> {
    const receipts = new Map<DeviceId, number>()
    for (const { id, receipts: own } of this.#view.sorted()) {
      const appliedAt = own.get(revocationId)
      if (appliedAt !== undefined) receipts.set(id, appliedAt)
    }
    return receipts
  }

  /** Describes this device; writes nothing when nothing changed, and addresses not in every burst. */
  setProfile(patch: Partial<Profile>): Promise<void> {
    return this.#own.setProfile(patch)
  }

  recordReceipt(revocationId: string): Promise<void> {
    return this.#own.recordReceipt(revocationId)
  }

  /** Says something of a device. Throws `OUTRANKED` where a higher role has said it. */
  async annotate(device: DeviceId, patch: AnnotationPatch): Promise<void> {
    const { replica, trust } = this.#parts
    if (this.#view.get(device) === undefined)
      throw new RegistryError('DEVICE_UNKNOWN', 'no such device here')
    const fields = ANNOTATION_FIELDS.filter((field) => this.#isNews(device, field, patch))
    if (fields.length === 0) return
    const role = trust.state.members.get(replica.self)?.role
    for (const field of fields) {
      const standing = decide(this.#view.opinions(device), field)?.opinion.role
      if (standing !== undefined && role !== undefined && RANK[standing] > RANK[role]) {
        throw new RegistryError('OUTRANKED', `an ${standing} has set the ${field} of this device`)
      }
    }
    await replica.write(annotationsDocument(device), (root) => {
      const annotation = mapAt(root, device)
      for (const field of fields) {
        annotation.set(field, { value: patch[field], version: this.#nextVersion(device, field) })
      }
    })
  }

  onChange(listener: RegistryListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isNews(device: DeviceId, field: AnnotationField, patch: AnnotationPatch): boolean {
    const wanted = patch[field]
    if (wanted === undefined) return false
    const said = decide(this.#view.opinions(device), field)?.said.value
    return said === undefined ? wanted.length > 0 : JSON.stringify(said) !== JSON.stringify(wanted)
  }

  #nextVersion(device: DeviceId, field: AnnotationField): number {
    const versions = this.#view
      .opinions(device)
      .map(({ annotation }) => annotation[field]?.version ?? 0)
    return Math.min(Math.max(0, ...versions) + 1, Number.MAX_SAFE_INTEGER)
  }

  #tell(devices: ReadonlySet<DeviceId>): void {
    if (devices.size > 0) for (const listener of this.#listeners) listener(devices)
  }
}
