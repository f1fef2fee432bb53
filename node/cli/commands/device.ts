import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../define-command.ts'
import { approve } from './device/approve.ts'
import { deny } from './device/deny.ts'
import { forget } from './device/forget.ts'
import { ls } from './device/ls.ts'
import { note } from './device/note.ts'
import { rename } from './device/rename.ts'
import { revoke } from './device/revoke.ts'
import { role } from './device/role.ts'
import { show } from './device/show.ts'
import { tag } from './device/tag.ts'

export const device = (context: CliContext) =>
  defineCommand({
    name: 'device',
    summary: 'List, rename, tag, approve, revoke devices',
    examples: [
      'asgard device ls',
      'asgard device show pi',
      'asgard device revoke lost-phone --reason "left in a taxi"',
    ],
    more: 'DEVICE is a name, the unique beginning of one, an id, or the end of an id: asgard help names',
  })
    .addCommand(ls(context))
    .addCommand(show(context))
    .addCommand(rename(context))
    .addCommand(tag(context))
    .addCommand(note(context))
    .addCommand(role(context))
    .addCommand(approve(context))
    .addCommand(deny(context))
    .addCommand(revoke(context))
    .addCommand(forget(context))
