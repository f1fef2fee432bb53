import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NetworkShelf } from '../../../node/device/network-shelf.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { keyOf } from '../../support/trust-scene.ts'

vi.mock('node:fs', { spy: true })

const home = networkIdOf(keyOf('home').publicKey)
const office = networkIdOf(keyOf('office').publicKey)

describe('the shelf of networks', () => {
  let data = ''
  beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'asgard-shelf-'))))
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(data, { recursive: true, force: true })
  })

  const file = () => join(data, 'networks.json')
  const found = (shelf: NetworkShelf, id: string) =>
    mkdirSync(shelf.directory(id), { recursive: true })

  /** With home and office on it, home in use. */
  function filled(): NetworkShelf {
    const shelf = new NetworkShelf(data)
    for (const [id, name, port] of [
      [home, 'home', 4_001],
      [office, 'office', 4_002],
    ] as const) {
      found(shelf, id)
      shelf.set(id, { name, port })
    }
    shelf.use(home)
    return shelf
  }

  it('is empty at first, in a directory of its owner only', () => {
    const shelf = new NetworkShelf(data)
    expect([shelf.entries(), shelf.current]).toEqual([[], null])
    expect(statSync(join(data, 'networks')).mode & 0o777).toBe(0o700)
  })

  it('is the same after a restart', () => {
    const before = filled()
    before.set(office, { status: 'left' })
    const after = new NetworkShelf(data)
    expect(after.entries()).toEqual(before.entries())
    expect(after.get(office)).toEqual({ status: 'left', name: 'office', port: 4_002 })
    expect(after.current).toBe(home)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['is lost', () => rmSync(file())],
    ['is damaged', () => writeFileSync(file(), '{"networks":')],
    ['is of another kind', () => writeFileSync(file(), '{"networks":{"x":{"status":"odd"}}}')],
    ['is empty', () => writeFileSync(file(), '')],
  ])('finds its networks again where its file %s', (_, harm) => {
    filled()
    harm()
    const shelf = new NetworkShelf(data)
    expect(
      shelf
        .entries()
        .map(([id]) => id)
        .sort(),
    ).toEqual([home, office].sort())
    expect(shelf.get(home)).toEqual({ status: 'active', port: 0, name: '' })
    expect(shelf.current).toBeNull()
  })

  it('forgets a network whose directory is gone', () => {
    const shelf = filled()
    rmSync(shelf.directory(home), { recursive: true })
    const after = new NetworkShelf(data)
    expect(after.get(home)).toBeUndefined()
    expect(after.current).toBeNull()
    expect(after.get(office)).toBeDefined()
  })

  it('takes no other directory for a network', () => {
    filled()
    for (const name of ['lost+found', '..data', 'backup']) mkdirSync(join(data, 'networks', name))
    expect(new NetworkShelf(data).entries()).toHaveLength(2)
    expect(existsSync(join(data, 'networks', 'backup'))).toBe(true)
  })

  it('gives a network that is founded its name once it has one', () => {
    const shelf = new NetworkShelf(data)
    const unborn = shelf.unborn()
    mkdirSync(unborn)
    writeFileSync(join(unborn, 'log'), 'genesis')
    shelf.name(unborn, home)
    shelf.set(home, { name: 'home' })
    expect(readdirSync(shelf.directory(home))).toEqual(['log'])
    expect(new NetworkShelf(data).get(home)?.name).toBe('home')
  })

  it('clears away a network whose founding was cut off', () => {
    const shelf = new NetworkShelf(data)
    const unborn = shelf.unborn()
    mkdirSync(unborn)
    new NetworkShelf(data)
    expect(existsSync(unborn)).toBe(false)
    expect(shelf.unborn()).not.toBe(shelf.unborn())
  })

  it('erases a network with all it kept, and leaves the others', () => {
    const shelf = filled()
    writeFileSync(join(shelf.directory(home), 'log'), 'records')
    shelf.erase(home)
    expect(existsSync(shelf.directory(home))).toBe(false)
    expect([shelf.current, shelf.get(home)]).toEqual([null, undefined])
    expect(new NetworkShelf(data).entries().map(([id]) => id)).toEqual([office])
    expect(readdirSync(join(data, 'networks'))).toEqual([office])
  })

  it('erases what is not there', () => {
    const shelf = new NetworkShelf(data)
    shelf.erase(home)
    expect(shelf.entries()).toEqual([])
  })

  it('keeps a network erased when the power fails before its files are gone', () => {
    const shelf = filled()
    vi.mocked(fs.rmSync).mockImplementation((path) => {
      if (String(path).includes('/networks/')) throw new RangeError('power failure')
    })
    expect(() => shelf.erase(home)).toThrow('power failure')
    vi.mocked(fs.rmSync).mockRestore()
    expect(new NetworkShelf(data).entries().map(([id]) => id)).toEqual([office])
    expect(readdirSync(join(data, 'networks'))).toEqual([office])
  })

  it('writes only what changed', () => {
    const shelf = filled()
    rmSync(file())
    shelf.set(home, { name: 'home' })
    shelf.use(home)
    expect(existsSync(file())).toBe(false)
    shelf.use(office)
    expect(existsSync(file())).toBe(true)
  })
})
