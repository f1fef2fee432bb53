import type { EventFrame } from '../../api/contract/mesh.ts'
import type { CliContext } from '../cli-context.ts'
import { collect } from '../arguments.ts'
import { apiPath } from '../client.ts'
import { usageError } from '../cli-error.ts'
import { defineCommand } from '../define-command.ts'
import { timeText } from '../format.ts'
import { safeText } from '../safe-text.ts'

export const events = (context: CliContext) =>
  defineCommand({
    name: 'events',
    summary: 'What happened, and what happens',
    examples: ['asgard events', 'asgard events -f', 'asgard events -f --type device:health --json'],
    more: '--type takes a whole type or its first part: device, link, join …',
  })
    .option('-f, --follow', 'go on as things happen')
    .option('--since <number>', 'only events after this sequence number')
    .option('--type <type>', 'only this type; may be given several times', collect)
    .action(async (options) => {
      const { client, output, terminal } = context
      if (options.since !== undefined && !/^\d{1,15}$/.test(options.since))
        throw usageError('--since takes the number of an event')
      const since = options.since ?? (options.follow === true ? undefined : '')
      const query = new URLSearchParams({
        follow: String(options.follow ?? false),
        ...(since === undefined || since === '' ? {} : { since }),
      })
      const types = options.type ?? []
      const isWanted = (type: string): boolean =>
        types.length === 0 ||
        types.some((wanted) => type === wanted || type.startsWith(`${wanted}:`))
      const path = `${apiPath`events`}?${query.toString()}`
      for await (const frame of client.stream<EventFrame>(
        'GET',
        path,
        undefined,
        terminal.interrupted,
      )) {
        if (frame.kind === 'resync')
          output.item('events', frame, () => output.warn('some events are no longer kept'))
        if (frame.kind !== 'event' || !isWanted(frame.event.type)) continue
        const { event } = frame
        output.item('events', frame, () =>
          output.isPlain
            ? output.table(
                [],
                [
                  [
                    String(event.seq),
                    String(event.time),
                    event.type,
                    event.network ?? '',
                    event.device ?? '',
                    event.text,
                  ],
                ],
              )
            : output.line(
                `${output.paint('dim', timeText(event.time))}  ${event.type.padEnd(18)}  ${safeText(event.text, 500)}`,
              ),
        )
      }
    })
