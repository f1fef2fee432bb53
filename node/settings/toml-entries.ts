/** Where a key stands in a TOML text. Offsets are of UTF-16 units; `line` counts from 1. */
export interface TomlEntry {
  readonly path: readonly string[]
  readonly line: number
  /** From the first character of the key's line to just after its line break. */
  readonly start: number
  readonly end: number
  readonly valueStart: number
  readonly valueEnd: number
}

export interface TomlHeader {
  readonly path: readonly string[]
  readonly line: number
  /** Just after the header's line break: where a first key of the table may be inserted. */
  readonly end: number
}

export interface TomlOutline {
  readonly entries: readonly TomlEntry[]
  readonly headers: readonly TomlHeader[]
}

/**
 * An outline of a TOML text that the parser has already accepted: which key stands where. The parser
 * gives values without positions, and both an error's line number and an edit that keeps comments need them.
 */
export function outlineToml(text: string): TomlOutline {
  const entries: TomlEntry[] = []
  const headers: TomlHeader[] = []
  let table: readonly string[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const start = at
    const first = skipBlanks(text, at)
    let valueEnd = first
    if (text[first] === '[') {
      const isArray = text[first + 1] === '['
      const key = readKey(text, first + (isArray ? 2 : 1))
      table = key.path
      valueEnd = key.end
      const end = endOfLine(text, valueEnd)
      headers.push({ path: table, line, end })
    } else if (
      text[first] !== '#' &&
      text[first] !== '\n' &&
      text[first] !== '\r' &&
      first < text.length
    ) {
      const key = readKey(text, first)
      const valueStart = skipBlanks(text, skipBlanks(text, key.end) + 1)
      valueEnd = endOfValue(text, valueStart)
      entries.push({
        path: [...table, ...key.path],
        line,
        start,
        end: endOfLine(text, valueEnd),
        valueStart,
        valueEnd,
      })
    }
    at = Math.max(endOfLine(text, valueEnd), at + 1)
    line += countBreaks(text, start, at)
  }
  return { entries, headers }
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

function endOfLine(text: string, from: number): number {
  const lineBreak = text.indexOf('\n', from)
  return lineBreak === -1 ? text.length : lineBreak + 1
}

function countBreaks(text: string, from: number, to: number): number {
  let breaks = 0
  for (let at = from; at < to; at++) if (text[at] === '\n') breaks++
  return breaks
}

/** A dotted key with bare and quoted parts; `end` is just after its last part. */
function readKey(
  text: string,
  from: number,
): { readonly path: readonly string[]; readonly end: number } {
  const path: string[] = []
  let at = from
  for (;;) {
    at = skipBlanks(text, at)
    const quote = text[at]
    if (quote === '"' || quote === "'") {
      const end = endOfString(text, at)
      path.push(unquote(text.slice(at, end)))
      at = end
    } else {
      const end = endOfBareKey(text, at)
      path.push(text.slice(at, end))
      at = end
    }
    const next = skipBlanks(text, at)
    if (text[next] !== '.') return { path, end: at }
    at = next + 1
  }
}

function endOfBareKey(text: string, from: number): number {
  let at = from
  while (at < text.length && /[\w-]/.test(text[at] ?? '')) at++
  return at
}

function unquote(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    // TOML knows escapes that JSON does not; such a key is none of ours, so its raw spelling will do.
    return quoted.slice(1, -1)
  }
}

/** Just after a value: a string, or anything up to a comment or line break outside brackets. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  let at = from
  let end = from
  while (at < text.length) {
    const char = text[at]
    if (char === '"' || char === "'") {
      at = endOfString(text, at)
      end = at
      continue
    }
    if (char === '#') {
      if (depth === 0) return end
      at = endOfLine(text, at)
      continue
    }
    if (char === '\n' && depth === 0) return end
    if (char === '[' || char === '{') depth++
    if (char === ']' || char === '}') depth--
    at++
    if (char !== ' ' && char !== '\t' && char !== '\r' && char !== '\n') end = at
  }
  return end
}

/** Just after the string that starts at `from`, whichever of TOML's four kinds it is. */
function endOfString(text: string, from: number): number {
  const quote = text[from] ?? '"'
  const triple = quote.repeat(3)
  const isLong = text.startsWith(triple, from)
  let at = from + (isLong ? 3 : 1)
  while (at < text.length) {
    if (quote === '"' && text[at] === '\\') {
      at += 2
    } else if (isLong && text.startsWith(triple, at)) {
      at += 3
      // Up to two quotes may stand directly before the closing ones.
      while (text[at] === quote) at++
      return at
    } else if (!isLong && (text[at] === quote || text[at] === '\n')) {
      return at + 1
    } else {
      at++
    }
  }
  return text.length
}
