/** Longer names are cut: they are shown in one line, and 10 kB of one must not hold up the page. */
const SHOWN_MAX = 160

export interface TextPart {
  readonly text: string
  /** The text stands for a character that cannot be seen, or that would move others. */
  readonly isMark: boolean
}

/** Control, format (direction overrides, zero width), line and paragraph separators, lone surrogates, private use. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u
/** Joins emoji and the letters of several scripts, and does no harm between them. */
const JOINER = '\u200D'

/**
 * What another device says, split so that every character that would be invisible or would rearrange the line is
 * replaced by its number. Only this ever reaches the page, as text nodes.
 */
export function visibleParts(
  text: string,
  options: { readonly max?: number; readonly keepsLines?: boolean } = {},
): TextPart[] {
  const max = options.max ?? SHOWN_MAX
  const parts: TextPart[] = []
  let run = ''
  let length = 0
  for (const character of text) {
    if (++length > max) {
      run += '…'
      break
    }
    const isKept =
      !UNSEEN.test(character) ||
      character === JOINER ||
      (options.keepsLines === true && character === '\n')
    if (isKept) run += character
    else {
      if (run !== '') parts.push({ text: run, isMark: false })
      run = ''
      parts.push({ text: nameOf(character), isMark: true })
    }
  }
  if (run !== '') parts.push({ text: run, isMark: false })
  return parts
}

/** The same as one string, for where there can be no elements: titles, labels, announcements. */
export function visibleString(text: string): string {
  return visibleParts(text, { max: 80 })
    .map((part) => part.text)
    .join('')
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x1b) return 'ESC'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
