/**
 * Text that another device or a person chose, made fit for a terminal. A terminal obeys control and escape
 * characters, and reorders text by invisible direction marks: both could make a line say something else than
 * what was written, so they are shown as what they are (`\x1b`, `\u202e`).
 */

/** Zero-width joiners belong between the parts of an emoji, and nowhere else in what we show. */
const HIDDEN =
  /(?<!\p{Extended_Pictographic}\ufe0f?[\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/gu
/**
 * Latin, Greek, Cyrillic, punctuation and our own signs: one column each, nothing hidden. Telling the rest apart
 * loads the character tables of the whole world, which takes longer than everything else that `status` does.
 */
const PLAIN =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2193\u25a0-\u25f7\u2713\u2717]*$/
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u
/** Marks that join the character before them, and the inner letters of a Hangul syllable. */
const NOTHING = /[\p{Mn}\p{Me}\u1160-\u11ff\u200d]/u
/** Marks stack upwards over other lines; more than these on one letter is an attack, not a language. */
const TOO_MANY_MARKS = /(\p{M}{8})\p{M}+/gu
const TEXT_MAX_CHARS = 10_000

/** On one line: line breaks too are shown, not obeyed. */
export function safeText(text: string, maxChars: number = TEXT_MAX_CHARS): string {
  const short =
    text.length > maxChars ? `${text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '')}…` : text
  if (PLAIN.test(short)) return short
  return short
    .replace(HIDDEN, (char) => escapeOf(char.codePointAt(0) ?? 0))
    .replace(TOO_MANY_MARKS, '$1')
}

/** As `safeText`, keeping line breaks: for notes shown as a block. */
export const safeBlock = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => safeText(line))
    .join('\n')

/** A JSON text with every character escaped that a terminal might obey; its value is the same. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\p{Cf}\u2028\u2029]/gu, (char) =>
    Array.from(
      { length: char.length },
      (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes().segment(text)) width += graphemeWidth(segment)
  return width
}

/** The text cut to `columns`, ending in `…` when something was cut. */
export function fitTo(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widthOf(text) <= columns) return text
  let width = 0
  let fitted = ''
  for (const { segment } of graphemes().segment(text)) {
    const next = graphemeWidth(segment)
    if (width + next > columns - 1) break
    width += next
    fitted += segment
  }
  return `${fitted}…`
}

export const padTo = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)))

function escapeOf(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/** An emoji is one picture however many characters it is made of; everything else is drawn one by one. */
function graphemeWidth(segment: string): number {
  if (EMOJI.test(segment)) return 2
  let width = 0
  for (const char of segment) width += NOTHING.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

let segmenter: Intl.Segmenter | undefined
const graphemes = (): Intl.Segmenter =>
  (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' }))
