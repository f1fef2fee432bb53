import { describe, expect, it } from 'vitest'
import { ApiError } from '../../../node/api/api-error.ts'
import { CommandLine } from './command-line.ts'

describe('exit codes', () => {
  it.each([
    [0, 'status', ''],
    [2, 'invite --role king', 'Allowed choices are owner'],
    [2, 'invite --expires soon', 'a time is a number'],
    [2, 'ping bob --count 0', 'a whole number'],
    [2, 'device rename bob', "missing required argument 'name'"],
    [2, 'events --since yesterday', '--since takes the number'],
    [2, 'join', 'nobody is there to ask'],
    [2, 'join x --ticket-file y', 'not both'],
    [2, 'join --ticket-file /does/not/exist', 'cannot read the ticket file'],
    [2, 'join nonsense', 'this is not a ticket'],
    [2, 'device note bob', 'give a text or --clear'],
    [2, 'device tag bob', 'which tags?'],
    [2, 'device tag bob Big_Tag', 'a tag is a-z'],
    [5, 'device show nobody', 'there is no such device'],
    [5, 'status --network nowhere', ''],
    [5, 'network show nowhere', 'there is no such network'],
    [5, 'config get listen.prot', 'there is no such setting'],
    [5, 'device approve nobody --yes', 'nobody of that name waits'],
    [6, 'ping eve -c 1', 'No reply came back'],
  ])('%i: asgard %s', async (code, command, words) => {
    await using cli = await CommandLine.withNode()
    const ended = await cli.run(command)
    expect(ended.stderr).toContain(words)
    expect(ended.code).toBe(command.startsWith('status --network') ? 0 : code)
  })

  it.each([
    'status',
    'device ls',
    'invite',
    'leave --yes',
    'logs',
    'events -f',
    'peers',
    'ping bob',
    'daemon status',
    'daemon stop',
    'ui',
    'id',
  ])('3: asgard %s where nothing runs, with the remedy', async (command) => {
    await using cli = new CommandLine()
    const { code, stderr, stdout } = await cli.run(command)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('Asgard is not running here.\n  Start it: asgard daemon start')
  })

  it.each([
    [4, new ApiError('NOT_PERMITTED', 'an admin is needed')],
    [4, new ApiError('NO_NETWORK', 'this device is in no network', 'asgard init')],
    [5, new ApiError('DEVICE_AMBIGUOUS', 'bob, bobby')],
    [6, new ApiError('UNREACHABLE', 'bob is not reachable')],
    [6, new ApiError('TIMEOUT', 'bob did not answer')],
    [7, new ApiError('LAST_OWNER', 'the last owner cannot be removed')],
    [7, new ApiError('CONFLICT', 'already so')],
    [1, new ApiError('INTERNAL', 'our fault')],
  ])('%i when the node answers %s', async (code, error) => {
    await using cli = await CommandLine.withNode()
    cli.backend.current.device = () => Promise.reject(error)
    expect(await cli.run('device show bob')).toMatchObject({ code, stdout: '' })
  })

  it('8 when doctor or config check find something', async () => {
    await using cli = new CommandLine()
    expect(await cli.run('doctor')).toMatchObject({
      code: 8,
      stdout: expect.stringContaining('fix: asgard daemon start'),
    })
    const env = { ASGARD_LISTEN_PROT: '1' }
    expect(await cli.run('config check', { env })).toMatchObject({
      code: 8,
      stdout: expect.stringContaining('did you mean "ASGARD_LISTEN_PORT"'),
    })
  })

  it('130 when Ctrl-C ends the waiting for a node that hangs', async () => {
    await using cli = await CommandLine.withNode()
    cli.backend.status = () => new Promise(() => undefined)
    const interrupt = new AbortController()
    const waiting = cli.run('status', { interrupted: interrupt.signal })
    setImmediate(() => interrupt.abort())
    expect(await waiting).toEqual({ code: 130, stdout: '', stderr: '' })
  })

  it('130 when Ctrl-C ends a join, and 0 when it ends what has no end', async () => {
    await using cli = await CommandLine.withNode()
    cli.backend.admitted = new Promise(() => undefined)
    const interrupt = new AbortController()
    const stopAt = (word: string) => (text: string) => text.includes(word) && interrupt.abort()
    const joining = cli.run('join asgard1b --verbose', {
      interrupted: interrupt.signal,
      onOutput: stopAt(''),
    })
    setImmediate(() => interrupt.abort())
    expect(await joining).toMatchObject({ code: 130 })

    const enough = new AbortController()
    cli.backend.logs.add('info', 'enough')
    const following = cli.run('logs -f', {
      interrupted: enough.signal,
      onOutput: () => enough.abort(),
    })
    expect(await following).toMatchObject({ code: 0, stdout: expect.stringContaining('enough') })
  })
})

describe('what asks', () => {
  it.each([
    'leave',
    'leave --erase',
    'device revoke eve',
    'device forget eve',
    'device role bob owner',
    'device approve fay',
  ])('refuses without --yes where nobody can answer: asgard %s', async (command) => {
    await using cli = await CommandLine.withNode()
    const before = JSON.stringify([cli.backend.current.items, cli.backend.current.joins])
    expect(await cli.run(command)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Add --yes'),
    })
    expect(await cli.run(`${command} --no-input`, { isTerminal: true })).toMatchObject({ code: 2 })
    expect(JSON.stringify([cli.backend.current.items, cli.backend.current.joins])).toBe(before)
  })

  it.each([
    'leave --dry-run',
    'device revoke eve --dry-run',
    'device forget eve --dry-run',
    'device role bob owner --dry-run',
  ])('changes nothing: asgard %s', async (command) => {
    await using cli = await CommandLine.withNode()
    const before = JSON.stringify(cli.backend.current.items)
    expect(await cli.run(command)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Would'),
    })
    expect(JSON.stringify(cli.backend.current.items)).toBe(before)
  })
})
