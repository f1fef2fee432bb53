import { Argument } from '@commander-js/extra-typings'
import type { CliContext } from '../cli-context.ts'
import { completionScript, SHELLS } from '../completion-scripts.ts'
import { defineCommand } from '../define-command.ts'

export const completion = (context: CliContext) =>
  defineCommand({
    name: 'completion',
    summary: 'Tab completion for bash, zsh or fish',
    examples: [
      'asgard completion bash > ~/.local/share/bash-completion/completions/asgard',
      'asgard completion zsh  > "${fpath[1]}/_asgard"',
      'asgard completion fish > ~/.config/fish/completions/asgard.fish',
    ],
    more: 'Completes commands, options, and the names of your devices and networks.',
  })
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell) => {
      const script = completionScript(shell)
      context.output.result('completion', { shell, script }, () => context.output.raw(script))
    })
