import { isJsonObject, type Json, type JsonObject } from '../replica/json.ts'

export interface Hardware {
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
}

/** What a device says of itself, as written by `setProfile`. */
export interface Profile {
  readonly ownName: string
  readonly platform: string
  readonly version: string
  readonly kind: string
  readonly hardware: Hardware | null
  readonly capabilities: readonly string[]
  readonly addresses: readonly string[]
}

export interface DeviceRecord extends Profile {
  /** When it first described itself, by its own clock; 0 when it never did. */
  readonly registeredAt: number
  /** Revocations it has applied, with the time by its own clock. */
  readonly receipts: ReadonlyMap<string, number>
}

export interface ReadDeviceRecord {
  readonly record: DeviceRecord
  /** Names of fields that hold something else than they should; they read as empty. */
  readonly faults: readonly string[]
}

export const TEXT_MAX_CHARS = 256
export const CAPABILITIES_MAX = 64
export const ADDRESSES_MAX = 32
export const RECEIPTS_MAX = 64

export const EMPTY_RECORD: DeviceRecord = {
  ownName: '',
  platform: '',
  version: '',
  kind: '',
  hardware: null,
  capabilities: [],
  addresses: [],
  registeredAt: 0,
  receipts: new Map(),
}

/** Reads a device document field by field: one wrong field costs that field, not the device. */
export function readDeviceRecord(value: JsonObject): ReadDeviceRecord {
  const faults: string[] = []
  const field = <Field>(
    name: string,
    read: (json: Json) => Field | undefined,
    absent: Field,
  ): Field => {
    const json = value[name]
    if (json === undefined) return absent
    const result = read(json)
    if (result === undefined) faults.push(name)
    return result ?? absent
  }
  const record: DeviceRecord = {
    ownName: field('ownName', readText, ''),
    platform: field('platform', readText, ''),
    version: field('version', readText, ''),
    kind: field('kind', readText, ''),
    hardware: field<Hardware | null>('hardware', readHardware, null),
    capabilities: field('capabilities', (json) => readTexts(json, CAPABILITIES_MAX), []),
    addresses: field('addresses', (json) => readTexts(json, ADDRESSES_MAX), []),
    registeredAt: field('registeredAt', readCount, 0),
    receipts: field('receipts', readReceipts, new Map<string, number>()),
  }
  return { record, faults }
}

export function readText(json: Json): string | undefined {
  return typeof json === 'string' && json.length <= TEXT_MAX_CHARS ? json : undefined
}

export function readCount(json: Json): number | undefined {
  return typeof json === 'number' && Number.isSafeInteger(json) && json >= 0 ? json : undefined
}

export function readTexts(json: Json, max: number): readonly string[] | undefined {
  if (!Array.isArray(json) || json.length > max) return undefined
  const texts = json.map((item: Json) => readText(item))
  return texts.every((text) => text !== undefined) ? texts : undefined
}

function readHardware(json: Json): Hardware | undefined {
  if (!isJsonObject(json)) return undefined
  const cpu = readText(json['cpu'] ?? null)
  const cores = readCount(json['cores'] ?? null)
  const memoryBytes = readCount(json['memoryBytes'] ?? null)
  if (cpu === undefined || cores === undefined || memoryBytes === undefined) return undefined
  return { cpu, cores, memoryBytes }
}

function readReceipts(json: Json): ReadonlyMap<string, number> | undefined {
  if (!isJsonObject(json)) return undefined
  const entries = Object.entries(json)
  if (entries.length > RECEIPTS_MAX) return undefined
  const receipts = new Map<string, number>()
  for (const [revocation, appliedAt] of entries) {
    const at = readCount(appliedAt)
    if (at === undefined) return undefined
    receipts.set(revocation, at)
  }
  return receipts
}
