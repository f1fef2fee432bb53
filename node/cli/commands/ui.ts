import type { z } from 'zod'
import type { launchLink } from '../../api/contract/mesh.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { safeText } from '../safe-text.ts'

type LaunchLink = z.infer<typeof launchLink>

export const ui = (context: CliContext) =>
  defineCommand({
    name: 'ui',
    summary: 'Open the page of this node with a one-time link',
    examples: [
      'asgard ui',
      'asgard ui --print',
      'ssh -L 7077:localhost:7077 nas asgard ui --print',
    ],
    more: 'The link works once and for one minute. Whoever opens it controls this node.',
  })
    .option('--print', 'print the link only')
    .action(async ({ print }) => {
      const { client, output } = context
      const link = await client.send<LaunchLink>('POST', apiPath`launch`)
      const isOpened =
        print !== true &&
        !output.isJson &&
        !output.isPlain &&
        output.isTerminal &&
        openInBrowser(link.url, context.terminal.env)
      output.result('ui', { ...link, isOpened }, () => output.line(safeText(link.url)))
      output.say(
        isOpened ? 'Opened in your browser.' : 'Open this link within a minute; it works once.',
      )
    })
