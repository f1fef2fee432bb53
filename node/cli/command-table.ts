import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import type { CliContext } from './cli-context.ts'

/** Commands are loaded when they are run: what `status` does not need must not slow it down. */
export interface CommandEntry {
  readonly name: string
  readonly group: string
  readonly summary: string
  readonly load: () => Promise<(context: CliContext) => CommandUnknownOpts>
}

const START = 'Start:'
const SEE = 'See:'
const DEVICES = 'Devices and networks:'
const NODE = 'This node:'
const MORE = 'More:'

export const COMMANDS: readonly CommandEntry[] = [
  entry(
    'demo',
    START,
    'Run a throw-away mesh of three devices on this machine',
    async () => (await import('./commands/demo.ts')).demo,
  ),
  entry(
    'init',
    START,
    'Create a new network with this device as its owner',
    async () => (await import('./commands/init.ts')).init,
  ),
  entry(
    'invite',
    START,
    'Make a one-time ticket (text and QR code) for another device',
    async () => (await import('./commands/invite.ts')).invite,
  ),
  entry(
    'join',
    START,
    'Join a network with a ticket',
    async () => (await import('./commands/join.ts')).join,
  ),
  entry('leave', START, 'Leave a network', async () => (await import('./commands/leave.ts')).leave),
  entry(
    'ui',
    START,
    'Open the page of this node with a one-time link',
    async () => (await import('./commands/ui.ts')).ui,
  ),
  entry(
    'status',
    SEE,
    'One screen: am I up, who is here, how, what is wrong',
    async () => (await import('./commands/status.ts')).status,
  ),
  entry(
    'peers',
    SEE,
    'Connections: path, transport, round-trip time, traffic',
    async () => (await import('./commands/peers.ts')).peers,
  ),
  entry(
    'ping',
    SEE,
    'Round trips to a device, and the path they take',
    async () => (await import('./commands/ping.ts')).ping,
  ),
  entry(
    'path',
    SEE,
    'Why a device is connected the way it is, or is not',
    async () => (await import('./commands/path.ts')).path,
  ),
  entry(
    'doctor',
    SEE,
    'Check installation, settings, node and network',
    async () => (await import('./commands/doctor.ts')).doctor,
  ),
  entry(
    'events',
    SEE,
    'What happened, and what happens',
    async () => (await import('./commands/events.ts')).events,
  ),
  entry('logs', SEE, 'The log of this node', async () => (await import('./commands/logs.ts')).logs),
  entry(
    'device',
    DEVICES,
    'List, rename, tag, approve, revoke devices',
    async () => (await import('./commands/device.ts')).device,
  ),
  entry(
    'network',
    DEVICES,
    'The networks that this device is in',
    async () => (await import('./commands/network.ts')).network,
  ),
  entry(
    'daemon',
    NODE,
    'Run, start, stop the node',
    async () => (await import('./commands/daemon.ts')).daemon,
  ),
  entry(
    'config',
    NODE,
    'Settings, with the origin of each value',
    async () => (await import('./commands/config.ts')).config,
  ),
  entry(
    'id',
    NODE,
    "This device's identity and fingerprint",
    async () => (await import('./commands/id.ts')).id,
  ),
  entry(
    'version',
    MORE,
    'Versions of the program and of the running node',
    async () => (await import('./commands/version.ts')).version,
  ),
  entry(
    'completion',
    MORE,
    'Tab completion for bash, zsh or fish',
    async () => (await import('./commands/completion.ts')).completion,
  ),
  entry(
    'help',
    MORE,
    'Help for a command, or about env, exit-codes, json, config, names',
    async () => (await import('./commands/help.ts')).help,
  ),
]

function entry(
  name: string,
  group: string,
  summary: string,
  load: CommandEntry['load'],
): CommandEntry {
  return { name, group, summary, load }
}
