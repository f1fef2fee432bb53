import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../define-command.ts'
import { ls } from './network/ls.ts'
import { rename } from './network/rename.ts'
import { show } from './network/show.ts'
import { use } from './network/use.ts'

export const network = (context: CliContext) =>
  defineCommand({
    name: 'network',
    summary: 'The networks that this device is in',
    examples: ['asgard network ls', 'asgard network use office', 'asgard status --network office'],
  })
    .addCommand(ls(context))
    .addCommand(use(context))
    .addCommand(show(context))
    .addCommand(rename(context))
