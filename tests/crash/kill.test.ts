import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import type { Invite } from '../../node/api/contract/network.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { LevelStore } from '../../src/storage/level-store.ts'
import { TrustLog } from '../../src/trust/trust-log.ts'
import { DeviceProcess } from '../support/device-process.ts'
import { seededRandom } from '../support/manual-clock.ts'
import { kill, start } from '../support/processes.ts'
import { openDevice } from './open-device.ts'

/** `ASGARD_KILLS=2000` for a night; `ASGARD_SEED=…` draws the same moments again. */
const KILLS = Number(process.env['ASGARD_KILLS'] ?? 200)
const SEED = Number(process.env['ASGARD_SEED'] ?? randomInt(1_000_000))
/** Whole nodes start slowly: one kill of ten is theirs. */
const NODE_KILLS = Math.ceil(KILLS / 10)
/** Writes per second fall as a log grows; kills should find many. */
const KILLS_PER_STORE = 25
/** A kill comes a random moment after a random number of writes: counted in time alone, slow machines write nothing. */
const WRITES_MAX = 24
const NODE_WRITES_MAX = 6
const MOMENT_MAX_MS = 30

interface Life {
  /** Acknowledged before the moment of its end is waited for. */
  readonly writes: number
  readonly thenMs: number
}

interface Acknowledged {
  readonly trust: Set<string>
  record: number
}

describe(`killed at random moments (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  const root = mkdtempSync(join(tmpdir(), 'asgard-crash-'))
  const life = (writesMax: number): Life => ({
    writes: Math.floor(random() * (writesMax + 1)),
    thenMs: random() * MOMENT_MAX_MS,
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it(`a writer loses nothing that it acknowledged and tears nothing, ${KILLS} times`, async () => {
    const key = DeviceKey.generate()
    let networkId = ''
    let directory = ''
    let acknowledged: Acknowledged = { trust: new Set(), record: 0 }
    let total = 0
    for (let round = 0; round < KILLS; round++) {
      if (round % KILLS_PER_STORE === 0) {
        total += acknowledged.trust.size + acknowledged.record
        acknowledged = { trust: new Set(), record: 0 }
        directory = join(root, `${round}`)
        const store = await LevelStore.open(directory)
        const log = await TrustLog.found({
          store,
          name: 'home',
          owner: key,
          ownerName: 'ana',
          nowMs: Date.now(),
        })
        networkId = log.networkId
        await store.close()
      }
      await writeUntilKilled(directory, key, networkId, life(WRITES_MAX), acknowledged)
      await expectAll(directory, key, networkId, acknowledged, round)
    }
    expect(total + acknowledged.trust.size).toBeGreaterThan(KILLS * 3)
  }, 1_800_000)

  it(`a node starts again and knows all that it answered for, ${NODE_KILLS} times`, async () => {
    await using device = await DeviceProcess.start({ name: 'ana' })
    await device.client.send('POST', '/api/v1/networks', { name: 'home' })
    const { identity } = await device.status()
    const answered = { invites: 0, note: 0 }
    for (let round = 0; round < NODE_KILLS; round++) {
      const alive = new AbortController()
      const { writes, thenMs } = life(NODE_WRITES_MAX)
      const enough = Promise.withResolvers<void>()
      const writing = writeToNode(device, identity.ID, answered, alive.signal, (written) => {
        if (written >= writes) enough.resolve()
      })
      await Promise.race([enough.promise, writing])
      await wait(thenMs) // a kill that waited for an event alone would always find the same moment
      alive.abort()
      await device.down()
      await writing
      await device.up()
      const status = await device.status()
      expect(status.identity.ID).toBe(identity.ID)
      expect(status.network).toMatchObject({ name: 'home', role: 'owner', status: 'active' })
      const invites = await device.client.list<Invite>('/api/v1/networks/current/invites')
      const note = Number(/^note (\d+)$/.exec(status.devices[0]?.note ?? 'note 0')?.[1])
      // One more of each may have been written before its answer was sent.
      const more = { round, invites: invites.length - answered.invites, note: note - answered.note }
      expect([0, 1], JSON.stringify(more)).toContain(more.invites)
      expect([0, 1], JSON.stringify(more)).toContain(more.note)
      Object.assign(answered, { invites: invites.length, note })
    }
    expect(answered.invites).toBeGreaterThan(NODE_KILLS)
  }, 900_000)
})

/** Lets a writer go on for its life, from the moment it has opened the store; then pulls the plug. */
async function writeUntilKilled(
  directory: string,
  key: DeviceKey,
  networkId: string,
  { writes, thenMs }: Life,
  acknowledged: Acknowledged,
): Promise<void> {
  const seed = Buffer.from(key.seed).toString('hex')
  const command = [process.execPath, 'tests/crash/writer.ts', directory, seed, networkId]
  const child = start(command, { stdio: ['ignore', 'pipe', 'pipe'] })
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new TypeError('a child without pipes')
  let errors = ''
  stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise((resolve) => child.once('close', resolve))
  let hasOpened = false
  let written = -1 // the line that says that it has opened counts up to none
  for await (const line of createInterface({ input: stdout })) {
    const [kind, value = ''] = line.split(' ')
    if (kind === 'open') hasOpened = true
    if (++written === writes) void wait(thenMs).then(() => kill(child, 'SIGKILL'))
    if (kind === 'trust') acknowledged.trust.add(value)
    if (kind === 'record') acknowledged.record = Number(value)
  }
  await ended
  expect({ hasOpened, signal: child.signalCode, errors }).toEqual({
    hasOpened: true,
    signal: 'SIGKILL',
    errors: '',
  })
}

async function expectAll(
  directory: string,
  key: DeviceKey,
  networkId: string,
  acknowledged: Acknowledged,
  round: number,
): Promise<void> {
  const store = await LevelStore.open(directory)
  try {
    const { trust, replica } = await openDevice(store, key, networkId)
    const lost = [...acknowledged.trust].filter((id) =>
      trust.lacks([new Uint8Array(Buffer.from(id, 'hex'))]),
    )
    const { n = 0, twin = '' } = replica.read(key.id, 'device') ?? {}
    expect({
      round,
      lost,
      damaged:
        trust.quarantined.length +
        replica.quarantined().length +
        replica.forks().length +
        trust.state.forks.length,
      isRecordThere: Number(n) >= acknowledged.record && Number(n) <= acknowledged.record + 1,
      twin,
    }).toEqual({
      round,
      lost: [],
      damaged: 0,
      isRecordThere: true,
      twin: `${Number(n)}`.repeat(Number(n) % 50),
    })
    acknowledged.record = Number(n) // what was written but not acknowledged is there to stay
  } finally {
    await store.close()
  }
}

/** Asks the node for one change after the other until it is gone. */
async function writeToNode(
  device: DeviceProcess,
  id: string,
  answered: { invites: number; note: number },
  alive: AbortSignal,
  onWritten: (count: number) => void,
): Promise<void> {
  try {
    for (let written = 0; ; written++) {
      onWritten(written)
      await device.client.send('POST', '/api/v1/networks/current/invites', { role: 'member' })
      answered.invites += 1
      await device.client.send('PATCH', `/api/v1/networks/current/devices/${id}`, {
        note: `note ${answered.note + 1}`,
      })
      answered.note += 1
    }
  } catch (err) {
    if (!alive.aborted) throw err // until then it has to answer
  }
}
