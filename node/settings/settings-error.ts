export type SettingsProblemCode =
  | 'UNREADABLE'
  | 'BAD_SYNTAX'
  | 'UNKNOWN_KEY'
  | 'BAD_VALUE'
  | 'UNKNOWN_VARIABLE'
  | 'SECRET_IN_ENVIRONMENT'
  | 'NOT_EDITABLE'

/** One thing that is wrong, where it stands, and what was probably meant. */
export interface SettingsProblem {
  readonly code: SettingsProblemCode
  /** `/home/ana/.config/asgard/config.toml:12`, `ASGARD_LISTEN_PORT`, `--set`. */
  readonly where: string
  readonly key: string | undefined
  readonly message: string
  /** The nearest name that exists. */
  readonly suggestion: string | undefined
}

/** Settings that cannot be used. All problems are named at once, so that nobody mends them one start at a time. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly code: SettingsProblemCode
  readonly problems: readonly SettingsProblem[]

  constructor(problems: readonly [SettingsProblem, ...SettingsProblem[]], options?: ErrorOptions) {
    super(problems.map(sentenceOf).join('\n'), options)
    this.code = problems[0].code
    this.problems = problems
  }
}

/** `config.toml:3: unknown key "listen.prot" (did you mean "listen.port"?)` */
export function sentenceOf(problem: SettingsProblem): string {
  const meant = problem.suggestion === undefined ? '' : ` (did you mean "${problem.suggestion}"?)`
  return `${problem.where}: ${problem.message}${meant}`
}
