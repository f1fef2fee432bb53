/** One line of the program, broken on purpose. */
export interface Mutant {
  /** What is broken, as a claim the tests must refute. */
  readonly name: string
  readonly file: string
  /** Must occur exactly once; white space does not matter, so that the formatter is free. */
  readonly find: string
  readonly replace: string
  /** The fast tests that have to fail. */
  readonly tests: readonly string[]
}

/** The text with the one break in it, or why it cannot be made. */
export function mutated(
  source: string,
  { find, replace }: Mutant,
): { text: string } | { problem: string } {
  const tokens = find.match(/\w+|[^\s\w]/g) ?? []
  const pattern = new RegExp(
    tokens.map((token) => token.replace(/[^\w]/g, '\\$&')).join('\\s*'),
    'g',
  )
  const matches = [...source.matchAll(pattern)]
  const [match] = matches
  if (match === undefined) return { problem: 'the line it breaks is not there any more' }
  if (matches.length > 1) return { problem: `the line it breaks is there ${matches.length} times` }
  const from = match.index
  return { text: source.slice(0, from) + replace + source.slice(from + match[0].length) }
}
