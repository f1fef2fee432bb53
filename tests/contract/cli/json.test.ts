import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problem } from '../../../node/api/contract/common.ts'
import {
  connection,
  device,
  identity,
  pathReport,
  pingLine,
} from '../../../node/api/contract/device.ts'
import {
  doctorReport,
  eventFrame,
  launchLink,
  logLine,
  setting,
  status,
} from '../../../node/api/contract/mesh.ts'
import {
  createdInvite,
  network,
  pendingJoin,
  revocation,
} from '../../../node/api/contract/network.ts'
import { CommandLine } from './command-line.ts'

const warnings = z.array(z.strictObject({ code: z.string(), text: z.string() }))
const envelope = (schema: string, data: z.ZodType) =>
  z.strictObject({ schema: z.literal(schema), data, warnings })
const line = (schema: string, data: z.ZodType) =>
  z.strictObject({ schema: z.literal(schema), data })

const SETTING = 'api.port'

describe('--json: one envelope with a schema and the data that the contract says', () => {
  it.each([
    ['status', 'asgard.status/1', status],
    ['init --as cottage', 'asgard.init/1', z.strictObject({ network, identity })],
    ['invite', 'asgard.invite/1', createdInvite],
    ['leave --yes', 'asgard.leave/1', z.strictObject({ network, dryRun: z.boolean() })],
    ['leave --dry-run', 'asgard.leave/1', z.strictObject({ network, dryRun: z.boolean() })],
    ['ui', 'asgard.ui/1', launchLink.extend({ isOpened: z.literal(false) }).strict()],
    ['peers', 'asgard.peers/1', z.array(connection)],
    ['peers bob', 'asgard.peers/1', z.array(connection).length(1)],
    ['path bob', 'asgard.path/1', pathReport],
    ['doctor', 'asgard.doctor/1', doctorReport],
    ['id', 'asgard.id/1', identity],
    [
      'version',
      'asgard.version/1',
      z.strictObject({
        program: z.string(),
        node: z.string().nullable(),
        runtime: z.string(),
        platform: z.string(),
      }),
    ],
    [
      'help exit-codes',
      'asgard.help/1',
      z.strictObject({ topic: z.literal('exit-codes'), text: z.string() }),
    ],
    [
      'completion bash',
      'asgard.completion/1',
      z.strictObject({ shell: z.literal('bash'), script: z.string() }),
    ],
    ['device ls', 'asgard.device.ls/1', z.array(device)],
    ['device show bob', 'asgard.device.show/1', device],
    ['device rename bob nas', 'asgard.device.rename/1', device],
    ['device tag bob attic', 'asgard.device.tag/1', device],
    ['device note bob --clear', 'asgard.device.note/1', device],
    ['device role bob guest', 'asgard.device.role/1', device],
    [
      'device role bob owner --dry-run',
      'asgard.device.role/1',
      z.strictObject({ device, role: z.literal('owner'), dryRun: z.literal(true) }),
    ],
    ['device approve', 'asgard.device.pending/1', z.array(pendingJoin)],
    ['device approve fay --yes', 'asgard.device.approve/1', device],
    ['device deny fay', 'asgard.device.deny/1', z.strictObject({ join: z.literal('fay') })],
    ['device revoke eve --yes', 'asgard.device.revoke/1', revocation],
    [
      'device revoke eve --dry-run',
      'asgard.device.revoke/1',
      z.strictObject({ device, dryRun: z.literal(true) }),
    ],
    ['device revoke eve --status', 'asgard.device.revocations/1', z.array(revocation)],
    [
      'device forget eve --yes',
      'asgard.device.forget/1',
      z.strictObject({ device, dryRun: z.literal(false) }),
    ],
    ['network ls', 'asgard.network.ls/1', z.array(network)],
    ['network show', 'asgard.network.show/1', network],
    ['network use home', 'asgard.network.use/1', network],
    ['network rename cottage', 'asgard.network.rename/1', network],
    [
      'daemon start',
      'asgard.daemon.start/1',
      z.strictObject({ started: z.literal(false), socket: z.string() }),
    ],
    [
      'daemon status',
      'asgard.daemon.status/1',
      z.strictObject({ pid: z.null(), version: z.null(), startedAt: z.null(), socket: z.string() }),
    ],
    ['config ls', 'asgard.config.ls/1', z.array(setting)],
    [`config get ${SETTING}`, 'asgard.config.get/1', setting],
    [`config unset ${SETTING}`, 'asgard.config.unset/1', setting],
    [
      'config check',
      'asgard.config.check/1',
      z.strictObject({ file: z.string(), problems: z.array(z.unknown()) }),
    ],
    ['config path', 'asgard.config.path/1', z.record(z.string(), z.string())],
  ])('asgard %s', async (command, schema, data) => {
    await using cli = await CommandLine.withNode()
    const { code, stdout } = await cli.run(`${command} --json`)
    expect([code, stdout.split('\n').length]).toEqual([0, 2])
    expect(envelope(schema, data).parse(JSON.parse(stdout))).toBeDefined()
  })

  it('asgard join', async () => {
    await using cli = await CommandLine.withNode()
    const { code, stdout } = await cli.run('join - --json', { input: 'asgard1bticket\n' })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'asgard.join/1',
      data: { step: 'joined', network: { name: 'joined' } },
    })
  })
})

describe('--json on commands that go on: one line for each thing', () => {
  it.each([
    ['ping bob', 'asgard.ping/1', pingLine, 5],
    ['events', 'asgard.events/1', eventFrame, 1],
    ['logs', 'asgard.logs/1', logLine, 1],
  ])('asgard %s', async (command, schema, data, count) => {
    await using cli = await CommandLine.withNode()
    cli.backend.events.publish({
      type: 'node:started',
      network: null,
      device: null,
      text: 'started',
      data: {},
    })
    cli.backend.logs.add('info', 'started')
    const { code, stdout } = await cli.run(`${command} --json`)
    const lines = stdout.trim().split('\n')
    expect([code, lines.length]).toEqual([0, count])
    for (const text of lines) expect(line(schema, data).parse(JSON.parse(text))).toBeDefined()
  })
})

describe('--json on failure: a problem on standard output', () => {
  it.each([
    ['device show nobody', 5],
    ['device nonsense', 2],
    ['status --plain', 2],
    ['join --json nonsense', 2],
    ['leave', 2],
  ])('asgard %s', async (command, code) => {
    await using cli = await CommandLine.withNode()
    const ended = await cli.run(`${command} --json`)
    expect(ended).toMatchObject({ code, stderr: '' })
    expect(
      problem.extend({ schema: z.literal('asgard.problem/1') }).parse(JSON.parse(ended.stdout)),
    ).toBeDefined()
  })

  it('says with code 3 that nothing runs', async () => {
    await using cli = new CommandLine()
    const { code, stdout } = await cli.run('status --json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'NOT_RUNNING',
      hint: expect.stringContaining('asgard daemon start'),
    })
  })
})
