import type { Device, PatchDevice } from '../../../api/contract/device.ts'
import type { CliContext } from '../../cli-context.ts'
import { usageError } from '../../cli-error.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf } from '../../format.ts'

const NOTE_MAX_CHARS = 4_096

export const note = (context: CliContext) =>
  defineCommand({
    name: 'note',
    summary: 'Write a note about a device',
    examples: [
      'asgard device note pi "behind the router, 5 V 3 A supply"',
      'asgard device note pi - < note.txt',
      'asgard device note pi --clear',
    ],
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .argument('[text]', 'the note; - reads it from standard input')
    .option('--clear', 'remove the note')
    .action(async (selector, text, { clear }) => {
      const { client, output, network, terminal } = context
      if ((text === undefined) === (clear !== true)) throw usageError('give a text or --clear')
      const written =
        clear === true ? '' : text === '-' ? await readNote(terminal.stdin) : (text ?? '')
      const patch: PatchDevice = { note: written.trimEnd() }
      const device = await client.send<Device>(
        'PATCH',
        apiPath`networks/${network}/devices/${selector}`,
        patch,
      )
      output.result('device.note', device, () =>
        output.done(
          device.note === ''
            ? `${nameOf(device)} has no note now`
            : `Noted about ${nameOf(device)}`,
        ),
      )
      output.next(`asgard device show ${nameOf(device)}`)
    })

async function readNote(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.length > NOTE_MAX_CHARS * 2)
      throw usageError(`a note has at most ${NOTE_MAX_CHARS} characters`)
  }
  return text
}
