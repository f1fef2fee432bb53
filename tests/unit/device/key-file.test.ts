import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDeviceKey, writePrivately } from '../../../node/device/key-file.ts'

vi.mock('node:fs', { spy: true })

const passphrase = { text: 'correct horse', protection: 'passphrase' } as const
const modeOf = (path: string) => statSync(path).mode & 0o777

let directory = ''
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'asgard-key-'))))
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(directory, { recursive: true, force: true })
})
const path = () => join(directory, 'device.key')

describe('the key of a device', () => {
  it('is made at the first start and the same ever after', async () => {
    const first = await loadDeviceKey(directory, undefined)
    const second = await loadDeviceKey(directory, undefined)
    expect([first.isNew, second.isNew]).toEqual([true, false])
    expect(second.key.id).toBe(first.key.id)
  })

  it('is in a file that its owner alone can read', async () => {
    await loadDeviceKey(directory, undefined)
    expect(modeOf(path())).toBe(0o600)
    expect(readdirSync(directory)).toEqual(['device.key'])
  })

  it.each([0o640, 0o604, 0o660, 0o644, 0o610])(
    'is refused from a file of mode %o',
    async (mode) => {
      await loadDeviceKey(directory, undefined)
      chmodSync(path(), mode)
      await expect(loadDeviceKey(directory, undefined)).rejects.toMatchObject({
        code: 'UNSAFE_KEY',
        message: expect.stringContaining(mode.toString(8)) as string,
        hint: expect.stringContaining('chmod 600') as string,
      })
    },
  )

  it.each([0o600, 0o400])('is taken from a file of mode %o', async (mode) => {
    const { key } = await loadDeviceKey(directory, undefined)
    chmodSync(path(), mode)
    expect((await loadDeviceKey(directory, undefined)).key.id).toBe(key.id)
  })

  it('is encrypted from the first on where there is a passphrase', async () => {
    const { key, protection } = await loadDeviceKey(directory, passphrase)
    expect(protection).toBe('passphrase')
    expect(readFileSync(path(), 'utf8')).not.toContain(Buffer.from(key.seed).toString('base64'))
    expect((await loadDeviceKey(directory, passphrase)).key.id).toBe(key.id)
  })

  it('is encrypted as soon as a passphrase appears, and is still the same', async () => {
    const { key } = await loadDeviceKey(directory, undefined)
    const seed = Buffer.from(key.seed).toString('base64')
    expect(readFileSync(path(), 'utf8')).toContain(seed)
    const encrypted = await loadDeviceKey(directory, passphrase)
    expect([encrypted.key.id, encrypted.isNew]).toEqual([key.id, false])
    expect(readFileSync(path(), 'utf8')).not.toContain(seed)
    expect(modeOf(path())).toBe(0o600)
    await expect(loadDeviceKey(directory, undefined)).rejects.toMatchObject({
      code: 'KEYSTORE_LOCKED',
    })
  })

  it('is not replaced where it cannot be read', async () => {
    await loadDeviceKey(directory, passphrase)
    const before = readFileSync(path(), 'utf8')
    const wrong = { text: 'wrong horse', protection: 'passphrase' } as const
    await expect(loadDeviceKey(directory, wrong)).rejects.toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    expect(readFileSync(path(), 'utf8')).toBe(before)
  })

  it('is not replaced where its file is damaged', async () => {
    writeFileSync(path(), 'half a key', { mode: 0o600 })
    await expect(loadDeviceKey(directory, undefined)).rejects.toMatchObject({
      code: 'KEYSTORE_CORRUPT',
    })
    expect(readFileSync(path(), 'utf8')).toBe('half a key')
  })

  it('is the old one when the power fails while it is being encrypted', async () => {
    const { key } = await loadDeviceKey(directory, undefined)
    vi.mocked(fs.renameSync).mockImplementationOnce(() => {
      throw new RangeError('power failure')
    })
    await expect(loadDeviceKey(directory, passphrase)).rejects.toThrow('power failure')
    expect((await loadDeviceKey(directory, undefined)).key.id).toBe(key.id)
    const after = await loadDeviceKey(directory, passphrase) // what the failure left is no hindrance
    expect(after.key.id).toBe(key.id)
    expect(readdirSync(directory)).toEqual(['device.key'])
  })
})

describe('a file written privately', () => {
  it('is on disk before it takes the old one’s place, and its name is on disk after', () => {
    const order: string[] = []
    for (const call of ['fsyncSync', 'renameSync'] as const) {
      const real = fs[call] as (...args: unknown[]) => void
      vi.mocked(fs[call]).mockImplementation((...args: unknown[]) => {
        order.push(call)
        if (call === 'fsyncSync') return
        vi.mocked(fs[call]).mockRestore()
        real(...args)
      })
    }
    writePrivately(path(), 'text')
    expect(order).toEqual(['fsyncSync', 'renameSync', 'fsyncSync'])
  })

  it('has not the rights of a leftover that lies in its way', () => {
    writeFileSync(`${path()}.new`, 'leftover', { mode: 0o644 })
    writePrivately(path(), 'secret')
    expect(modeOf(path())).toBe(0o600)
    expect(readFileSync(path(), 'utf8')).toBe('secret')
  })

  it('goes not where a link that lies in its way points', () => {
    const elsewhere = join(directory, 'elsewhere')
    symlinkSync(elsewhere, `${path()}.new`)
    writePrivately(path(), 'secret')
    expect(existsSync(elsewhere)).toBe(false)
  })

  it('leaves the old one whole when it cannot be written', () => {
    writePrivately(path(), 'old')
    mkdirSync(`${path()}.new`)
    expect(() => writePrivately(path(), 'new')).toThrow(
      expect.objectContaining({ code: expect.any(String) as string }) as Error,
    )
    expect(readFileSync(path(), 'utf8')).toBe('old')
  })
})
