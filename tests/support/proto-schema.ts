import { readFileSync } from 'node:fs'

export interface ProtoField {
  readonly name: string
  /** `bytes`, `string`, `bool`, `uint32`, `uint64`, or a message's or enum's name. */
  readonly type: string
  readonly isRepeated: boolean
  readonly oneof: string | undefined
}

/** The messages of a `.proto` file without nested ones, by name, their fields by number; and the enums. */
export interface ProtoSchema {
  readonly messages: ReadonlyMap<string, ReadonlyMap<number, ProtoField>>
  readonly enums: ReadonlyMap<string, ReadonlyMap<number, string>>
}

export function readSchema(path: string): ProtoSchema {
  const messages = new Map<string, Map<number, ProtoField>>()
  const enums = new Map<string, Map<number, string>>()
  let fields = new Map<number, ProtoField>()
  let values = new Map<number, string>()
  let oneof: string | undefined
  for (const line of readFileSync(path, 'utf8').split('\n').map(codeOf)) {
    const [, keyword, name = ''] = /^(message|enum|oneof) (\w+) \{/.exec(line) ?? []
    if (keyword === 'message') messages.set(name, (fields = new Map()))
    if (keyword === 'enum') enums.set(name, (values = new Map()))
    if (keyword === 'oneof') oneof = name
    if (line === '}') oneof = undefined
    const [, repeated, type, field = '', number] =
      /^(repeated )?(\w+) (\w+) = (\d+);/.exec(line) ?? []
    if (type !== undefined)
      fields.set(Number(number), {
        name: field.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        type,
        isRepeated: repeated !== undefined,
        oneof,
      })
    const [, value, at] = /^([A-Z_]+) = (\d+);/.exec(line) ?? []
    if (value !== undefined) values.set(Number(at), value)
  }
  return { messages, enums }
}

const codeOf = (line: string): string => line.replace(/\/\/.*/, '').trim()
