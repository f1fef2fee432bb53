/** What a command line program is given by its surroundings; tests give their own. */
export interface Terminal {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: Writer
  readonly stderr: Writer
  /** Ends when the person wants to stop: Ctrl-C. */
  readonly interrupted: AbortSignal
  readonly now: () => number
  /** For a program that goes on when nobody reads its output any more. */
  readonly outliveReader: () => void
}

export interface Writer {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): boolean
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export interface Look {
  readonly isColour: boolean
  readonly isUnicode: boolean
}

export type ColourChoice = 'auto' | 'always' | 'never'

/** https://no-color.org and https://force-color.org: set and not empty means yes; a flag beats both. */
export function lookOf(terminal: Terminal, writer: Writer, choice: ColourChoice): Look {
  const { env } = terminal
  const isSet = (name: string): boolean => env[name] !== undefined && env[name] !== ''
  const isForced = isSet('FORCE_COLOR') && env['FORCE_COLOR'] !== '0'
  const isColour =
    choice === 'always' ||
    (choice === 'auto' &&
      !isSet('NO_COLOR') &&
      (isForced || (writer.isTTY === true && env['TERM'] !== 'dumb')))
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  // A pipe has no locale of its own: the reader of a file or a log copes with UTF-8.
  return { isColour, isUnicode: writer.isTTY !== true || /utf-?8/i.test(locale) }
}
