import { COMPLETE_COMMAND } from './complete.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/**
 * What a shell sources. Words are passed on as arguments and never evaluated: half a command line may hold
 * anything, such as the beginning of `$(…)`.
 */
export const completionScript = (shell: Shell): string => SCRIPTS[shell]

const BASH = `# Tab completion of asgard for bash.
_asgard() {
  local candidate _
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate _; do
    COMPREPLY+=("$candidate")
  done < <(asgard ${COMPLETE_COMMAND} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _asgard asgard
`

const ZSH = `#compdef asgard
# Tab completion of asgard for zsh.
_asgard() {
  local candidate description
  local -a candidates
  while IFS=$'\\t' read -r candidate description; do
    candidates+=("\${candidate//:/\\\\:}:\${description}")
  done < <(asgard ${COMPLETE_COMMAND} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe 'asgard' candidates
}
if [ "$funcstack[1]" = "_asgard" ]; then
  _asgard "$@"
else
  compdef _asgard asgard
fi
`

const FISH = `# Tab completion of asgard for fish.
function __asgard_complete
    set -l words (commandline -opc) (commandline -ct)
    asgard ${COMPLETE_COMMAND} -- $words[2..-1] 2>/dev/null
end
complete -c asgard -f -a '(__asgard_complete)'
`

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH }
