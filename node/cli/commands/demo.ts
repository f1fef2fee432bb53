import { once } from 'node:events'
import { Option } from '@commander-js/extra-typings'
import { count } from '../arguments.ts'
import type { CliContext } from '../cli-context.ts'
import { interruptedError, usageError } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { DEMO_DEVICES_MAX, DemoMesh } from '../demo/demo-mesh.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { safeJson } from '../safe-text.ts'

export const demo = (context: CliContext) =>
  defineCommand({
    name: 'demo',
    summary: 'Run a throw-away mesh of three devices on this machine',
    examples: [
      'asgard demo',
      'asgard demo --devices 5',
      'asgard demo --no-open --json --exit-after ready',
    ],
    more: 'Each device is a process of its own with a home of its own in a temporary directory; they join with real\ntickets over loopback. Ctrl-C ends them and removes everything.',
  })
    .option('--devices <count>', `how many, up to ${DEMO_DEVICES_MAX}`, count, 3)
    .option('--no-open', 'do not open the page in a browser')
    .addOption(
      new Option('--exit-after <when>', 'end by itself')
        .choices(['ready', 'never'] as const)
        .default('never' as const),
    )
    .action(async (options) => {
      if (options.devices > DEMO_DEVICES_MAX)
        throw usageError(`a demo has at most ${DEMO_DEVICES_MAX} devices`)
      const signal = endOfDemo(context)
      const mesh = new DemoMesh(options.devices, context.terminal.env)
      try {
        await bringUp(context, mesh, options.open, signal)
        if (options.exitAfter === 'never') {
          context.output.say('Ctrl-C ends the demo and removes everything.')
          if (!signal.aborted) await once(signal, 'abort')
        }
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        await mesh.stop()
      }
      // Ending an endless demo is no failure, ending one that was to be ready is.
      if (signal.aborted && options.exitAfter === 'ready') throw interruptedError()
    })

async function bringUp(
  context: CliContext,
  mesh: DemoMesh,
  isOpening: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { output } = context
  const tick = output.mark('✓', '+')
  const say = (text: string): void =>
    output.say(`  ${(performance.now() / 1_000).toFixed(1)}s  ${text}`)
  say(
    `starting ${mesh.devices.length} devices in ${mesh.directory} (removed at the end), loopback only`,
  )
  await mesh.started(signal)
  say(mesh.devices.map((device) => `${tick} ${device.name}`).join('   '))
  await mesh.join(signal)
  say(`${tick} joined with real one-time tickets`)
  await mesh.seen(signal)
  const elapsedMs = Math.round(performance.now())
  say(`${tick} every device sees every other one`)
  const { url } = await mesh.first.client.send<{ url: string }>('POST', apiPath`launch`)
  // One line as it stands here: scripts and the continuous integration read it.
  if (output.isJson)
    output.raw(`${safeJson({ ready: true, devices: mesh.devices.length, elapsedMs, ui: url })}\n`)
  const isOpened =
    isOpening && !output.isJson && output.isTerminal && openInBrowser(url, context.terminal.env)
  if (!output.isJson) output.line(`  Page: ${url}${isOpened ? '   (opened)' : ''}`)
  output.say(`  Try:  ASGARD_HOME=${mesh.first.home} asgard status`)
}

/** Ctrl-C, SIGTERM and a closed terminal all end the demo in good order. */
function endOfDemo(context: CliContext): AbortSignal {
  const end = new AbortController()
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort())
  return AbortSignal.any([context.terminal.interrupted, end.signal])
}
