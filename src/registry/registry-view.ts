import type { DeviceId } from '../identity/device-id.ts'
import type { TrustState } from '../trust/trust-state.ts'
import type { Replica } from '../replica/replica.ts'
import {
  ANNOTATIONS_PREFIX,
  DEVICE_DOCUMENT,
  documentKey,
  type DocumentId,
} from '../replica/standing.ts'
import { type Annotation, type Opinion, readAnnotations } from './annotation.ts'
import { byName } from './device-query.ts'
import { type DeviceRecord, readDeviceRecord } from './device-record.ts'
import { knownDevices, type RegistryDevice, registryDevice } from './registry-device.ts'

interface Annotations {
  readonly author: DeviceId
  readonly bySubject: ReadonlyMap<DeviceId, Annotation>
}

const NOBODY: ReadonlyMap<DeviceId, Annotation> = new Map()

/**
 * The registry as a deterministic function of documents and trust, kept up to date document by document:
 * each change re-reads one document and the devices it speaks of.
 */
export class RegistryView {
  readonly #replica: Replica
  #trust: TrustState
  readonly #records = new Map<DeviceId, DeviceRecord>()
  readonly #annotations = new Map<string, Annotations>()
  readonly #devices = new Map<DeviceId, RegistryDevice>()
  #sorted: readonly RegistryDevice[] | undefined

  constructor(replica: Replica, trust: TrustState) {
    this.#replica = replica
    this.#trust = trust
    for (const { id } of replica.documents()) this.#read(id)
    for (const device of knownDevices(trust)) this.#refresh(device)
  }

  get(device: DeviceId): RegistryDevice | undefined {
    return this.#devices.get(device)
  }

  sorted(): readonly RegistryDevice[] {
    this.#sorted ??= [...this.#devices.values()].sort(byName)
    return this.#sorted
  }

  record(device: DeviceId): DeviceRecord | undefined {
    return this.#records.get(device)
  }

  /** What those who may annotate now say of a device. */
  opinions(subject: DeviceId): readonly Opinion[] {
    const opinions: Opinion[] = []
    for (const { author, bySubject } of this.#annotations.values()) {
      const annotation = bySubject.get(subject)
      const role = this.#trust.members.get(author)?.role
      if (annotation !== undefined && role !== undefined)
        opinions.push({ author, role, annotation })
    }
    return opinions
  }

  /** Returns the devices that read differently now. */
  documentChanged(id: DocumentId): Set<DeviceId> {
    return this.#refreshAll(this.#read(id))
  }

  trustChanged(trust: TrustState): Set<DeviceId> {
    this.#trust = trust
    for (const [key, { author }] of this.#annotations) {
      const [document = ''] = key.split('/').slice(-1)
      if (!this.#replica.accepts({ author, document })) this.#annotations.delete(key)
    }
    for (const device of this.#records.keys()) {
      if (!this.#replica.accepts({ author: device, document: DEVICE_DOCUMENT }))
        this.#records.delete(device)
    }
    for (const { id } of this.#replica.documents()) if (!this.#isRead(id)) this.#read(id)
    return this.#refreshAll(new Set([...this.#devices.keys(), ...knownDevices(trust)]))
  }

  #isRead(id: DocumentId): boolean {
    return id.document === DEVICE_DOCUMENT
      ? this.#records.has(id.author)
      : this.#annotations.has(documentKey(id))
  }

  /** Returns the devices it may concern. */
  #read(id: DocumentId): Set<DeviceId> {
    if (id.document === DEVICE_DOCUMENT) return this.#readRecord(id)
    return id.document.startsWith(ANNOTATIONS_PREFIX) ? this.#readAnnotations(id) : new Set()
  }

  #readRecord(id: DocumentId): Set<DeviceId> {
    const value = this.#replica.read(id.author, id.document)
    if (value === undefined) {
      this.#records.delete(id.author)
    } else {
      const { record, faults } = readDeviceRecord(value)
      this.#records.set(id.author, record)
      this.#report(id, faults)
    }
    return new Set([id.author])
  }

  #readAnnotations(id: DocumentId): Set<DeviceId> {
    const key = documentKey(id)
    const before = this.#annotations.get(key)?.bySubject ?? NOBODY
    const value = this.#replica.read(id.author, id.document)
    const after = value === undefined ? { bySubject: NOBODY, faults: [] } : readAnnotations(value)
    if (after.bySubject.size === 0) this.#annotations.delete(key)
    else this.#annotations.set(key, { author: id.author, bySubject: after.bySubject })
    this.#report(id, after.faults)
    const subjects = new Set([...before.keys(), ...after.bySubject.keys()])
    for (const subject of subjects) {
      if (textOf(before.get(subject)) === textOf(after.bySubject.get(subject)))
        subjects.delete(subject)
    }
    return subjects
  }

  #refreshAll(devices: ReadonlySet<DeviceId>): Set<DeviceId> {
    return new Set([...devices].filter((device) => this.#refresh(device)))
  }

  #refresh(id: DeviceId): boolean {
    const before = this.#devices.get(id)
    const after = registryDevice(id, this.#trust, this.#records.get(id), this.opinions(id))
    if (textOf(before) === textOf(after)) return false
    if (after === undefined) this.#devices.delete(id)
    else this.#devices.set(id, after)
    this.#sorted = undefined
    return true
  }

  #report(id: DocumentId, faults: readonly string[]): void {
    if (faults.length === 0) return
    this.#replica.report({
      from: id.author,
      ...id,
      code: 'WRONG_TYPE',
      detail: `unreadable: ${faults.join(', ')}`,
    })
  }
}

/** Two values with one text read alike. */
function textOf(value: RegistryDevice | Annotation | undefined): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? [...part] : part)) ?? ''
  )
}
