import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../define-command.ts'
import { check } from './config/check.ts'
import { get } from './config/get.ts'
import { ls } from './config/ls.ts'
import { path } from './config/path.ts'
import { set } from './config/set.ts'
import { unset } from './config/unset.ts'

export const config = (context: CliContext) =>
  defineCommand({
    name: 'config',
    summary: 'Settings, with the origin of each value',
    examples: ['asgard config ls', 'asgard config set listen.port 41641', 'asgard config check'],
    more: 'Works with and without a running node. profile < file < ASGARD_* < flag: asgard help config',
  })
    .addCommand(get(context))
    .addCommand(set(context))
    .addCommand(unset(context))
    .addCommand(ls(context))
    .addCommand(check(context))
    .addCommand(path(context))
