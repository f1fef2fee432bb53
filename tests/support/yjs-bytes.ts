/** Yjs V1 updates by hand, so that tests can say what no honest Yjs would. */

export const MAP = 1
export const ARRAY = 0

export function varUint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

export function text(value: string): number[] {
  const bytes = Buffer.from(value)
  return [...varUint(bytes.length), ...bytes]
}

/** An item that sets `key` of the root to content of kind `ref`. */
export function rootItem(
  key: string,
  ref: number,
  content: readonly number[],
  root = 'root',
): number[] {
  return [0x20 | ref, 1, ...text(root), ...text(key), ...content]
}

export function setRoot(key: string, any: readonly number[], root = 'root'): number[] {
  return rootItem(key, 8, [1, ...any], root)
}

export function update(
  client: number,
  clock: number,
  structs: readonly (readonly number[])[],
  deletes: readonly (readonly [client: number, clock: number, length: number])[] = [],
): Uint8Array {
  const deleteSet = deletes.flatMap(([owner, from, length]) => [
    ...varUint(owner),
    1,
    ...varUint(from),
    ...varUint(length),
  ])
  return Uint8Array.from([
    1,
    ...varUint(structs.length),
    ...varUint(client),
    ...varUint(clock),
    ...structs.flat(),
    ...varUint(deletes.length),
    ...deleteSet,
  ])
}

export const ANY = {
  null: [126],
  true: [120],
  undefined: [127],
  bigint: [122, 0, 0, 0, 0, 0, 0, 0, 1],
  bytes: [116, 1, 0],
  nan: [123, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
  int: (value: number) => [125, value & 0x3f],
  text: (value: string) => [119, ...text(value)],
  array: (...items: (readonly number[])[]) => [117, ...varUint(items.length), ...items.flat()],
  object: (...members: (readonly [string, readonly number[]])[]) => [
    118,
    ...varUint(members.length),
    ...members.flatMap(([key, value]) => [...text(key), ...value]),
  ],
  nested: (depth: number): number[] => [
    ...Array.from({ length: depth }, () => [117, 1]).flat(),
    126,
  ],
} as const
