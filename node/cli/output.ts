import { styleText } from 'node:util'
import { renderTable, type Column } from './table.ts'
import { safeJson, safeText } from './safe-text.ts'
import { lookOf, type ColourChoice, type Look, type Style, type Terminal } from './terminal.ts'
import type { CliError } from './cli-error.ts'

export interface OutputOptions {
  readonly json: boolean
  readonly plain: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly colour: ColourChoice
}

export interface OutputWarning {
  readonly code: string
  readonly text: string
}

/**
 * Results go to standard output, everything said on the way to standard error. With `--json` standard
 * output is one envelope, or one per line for streams, and a failure is the problem object there instead.
 */
export class Output {
  readonly isJson: boolean
  readonly isPlain: boolean
  readonly isVerbose: boolean
  readonly isTerminal: boolean
  readonly look: Look
  readonly #messageLook: Look
  readonly #isQuiet: boolean
  readonly #terminal: Terminal

  constructor(terminal: Terminal, options: OutputOptions) {
    this.isJson = options.json
    this.isPlain = options.plain
    this.isVerbose = options.verbose
    this.isTerminal = terminal.stdout.isTTY === true
    this.look = lookOf(terminal, terminal.stdout, options.colour)
    this.#messageLook = lookOf(terminal, terminal.stderr, options.colour)
    this.#isQuiet = options.quiet
    this.#terminal = terminal
  }

  /** Columns of the terminal; a pipe is not cut. */
  get columns(): number {
    return this.isTerminal && !this.isPlain ? (this.#terminal.stdout.columns ?? 80) : Infinity
  }

  /** One result: the envelope with `--json`, else what `show` prints. */
  result(
    command: string,
    data: unknown,
    show: () => void,
    warnings: readonly OutputWarning[] = [],
  ): void {
    if (this.isJson) {
      this.#out(`${safeJson({ schema: `asgard.${command}/1`, data, warnings })}\n`)
      return
    }
    show()
    for (const warning of warnings) this.warn(warning.text)
  }

  /** One line of a stream. */
  item(command: string, data: unknown, show: () => void): void {
    if (this.isJson) this.#out(`${safeJson({ schema: `asgard.${command}/1`, data })}\n`)
    else show()
  }

  line(text = ''): void {
    this.#out(`${text}\n`)
  }

  /** Text as it is, for scripts and QR codes. */
  raw(text: string): void {
    this.#out(text)
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    if (this.isPlain) {
      for (const row of rows) this.line(row.map((cell) => safeText(cell)).join('\t'))
      return
    }
    this.#out(renderTable(columns, rows, this.columns, (style, text) => this.paint(style, text)))
  }

  /** What changed: a result too, so it goes to standard output. */
  done(text: string): void {
    if (!this.isJson) this.line(`${this.paint('green', this.mark('✓', '+'))} ${text}`)
  }

  /** What to do next. */
  next(text: string): void {
    this.say(`${this.#paintMessage('dim', 'Next:')}  ${text}`)
  }

  say(text: string): void {
    if (!this.#isQuiet && !this.isJson) this.#err(`${text}\n`)
  }

  detail(text: string): void {
    if (this.isVerbose) this.#err(`${this.#paintMessage('dim', text)}\n`)
  }

  warn(text: string): void {
    if (!this.isJson) this.#err(`${this.#paintMessage('yellow', '!')} ${text}\n`)
  }

  fail(error: CliError): void {
    const { problem } = error
    if (this.isJson) {
      this.#out(`${safeJson({ schema: 'asgard.problem/1', ...problem })}\n`)
      return
    }
    const mark = this.#messageLook.isUnicode ? '✗' : 'x'
    this.#err(`${this.#paintMessage('red', mark)} ${safeLines(problem.detail)}\n`)
    for (const { path, message } of problem.errors ?? [])
      this.#err(`  ${safeText(path)}: ${safeText(message)}\n`)
    if (problem.hint !== undefined) this.#err(`  ${safeLines(problem.hint)}\n`)
    if (this.isVerbose && error.cause instanceof Error)
      this.#err(`${safeLines(error.cause.stack ?? '')}\n`)
  }

  paint(style: Style, text: string): string {
    return this.look.isColour ? styleText(style, text, { validateStream: false }) : text
  }

  /** A sign where the terminal can show it, its ASCII stand-in elsewhere. */
  mark(sign: string, ascii: string): string {
    return this.look.isUnicode ? sign : ascii
  }

  #paintMessage(style: Style, text: string): string {
    return this.#messageLook.isColour ? styleText(style, text, { validateStream: false }) : text
  }

  #out(text: string): void {
    this.#terminal.stdout.write(this.look.isUnicode ? text : asciiOf(text))
  }

  #err(text: string): void {
    this.#terminal.stderr.write(this.#messageLook.isUnicode ? text : asciiOf(text))
  }
}

const safeLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => safeText(line))
    .join('\n  ')

const ASCII: Readonly<Record<string, string>> = {
  '●': '*',
  '◐': '~',
  '○': 'o',
  '✓': '+',
  '✗': 'x',
  '…': '...',
  '—': '-',
  '–': '-',
  '·': '|',
  '“': '"',
  '”': '"',
  '→': '->',
  '’': "'",
}
const asciiOf = (text: string): string =>
  text.replace(/[●◐○✓✗…—–·“”→’]/g, (sign) => ASCII[sign] ?? '?')
