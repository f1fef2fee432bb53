import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { LevelStore } from '../../src/storage/level-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { MemoryStore } from '../support/memory-store.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'asgard-store-'))
  cleanUps.push(() => rm(path, { recursive: true }))
  return path
}

async function level(): Promise<Store> {
  const store = await LevelStore.open(await directory())
  cleanUps.unshift(() => store.close())
  return store
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

async function all(store: Store, prefix: string): Promise<[string, string][]> {
  const found: [string, string][] = []
  for await (const [key, value] of store.entries(prefix))
    found.push([key, Buffer.from(value).toString()])
  return found
}

describe.each<[string, () => Promise<Store>]>([
  ['memory', async () => new MemoryStore()],
  ['level', level],
])('store in %s', (_name, open) => {
  it('gives back what was committed, and undefined for the rest', async () => {
    const store = await open()
    await store.commit([{ put: 'a', value: bytes('1') }])
    expect(await store.get('a')).toEqual(bytes('1'))
    expect(await store.get('b')).toBeUndefined()
  })

  it('takes all writes of a commit in their order', async () => {
    const store = await open()
    await store.commit([
      { put: 'a', value: bytes('1') },
      { put: 'b', value: bytes('2') },
      { delete: 'a' },
      { put: 'b', value: bytes('3') },
      { delete: 'never there' },
    ])
    expect(await all(store, '')).toEqual([['b', '3']])
  })

  it('lists the entries of a prefix, and only those, in the order of their bytes', async () => {
    const store = await open()
    const keys = ['log/b/2', 'log/a/10', 'log/a/9', 'log0', 'lof/z', 'log/', 'log/a~', 'log/a/']
    await store.commit(keys.map((key) => ({ put: key, value: bytes(key) })))
    expect((await all(store, 'log/')).map(([key]) => key)).toEqual([
      'log/',
      'log/a/',
      'log/a/10',
      'log/a/9',
      'log/a~',
      'log/b/2',
    ])
    expect((await all(store, 'log/a/')).map(([key]) => key)).toEqual([
      'log/a/',
      'log/a/10',
      'log/a/9',
    ])
    expect(await all(store, 'nothing/')).toEqual([])
  })

  it('keeps empty values apart from absent ones', async () => {
    const store = await open()
    await store.commit([{ put: 'empty', value: new Uint8Array(0) }])
    expect(await store.get('empty')).toEqual(new Uint8Array(0))
  })

  it('keeps a value that its caller changes afterwards', async () => {
    const store = await open()
    const value = bytes('before')
    await store.commit([{ put: 'a', value }])
    value.fill(0)
    ;(await store.get('a'))?.fill(0)
    expect(await store.get('a')).toEqual(bytes('before'))
  })

  it('holds more entries than one read brings', async () => {
    const store = await open()
    await store.commit(
      Array.from({ length: 1_000 }, (_, n) => ({ put: `k/${1_000 + n}`, value: bytes(`${n}`) })),
    )
    expect(await all(store, 'k/')).toHaveLength(1_000)
  })

  it('can be left in the middle of a listing', async () => {
    const store = await open()
    await store.commit(
      Array.from({ length: 600 }, (_, n) => ({ put: `k/${1_000 + n}`, value: bytes(`${n}`) })),
    )
    for await (const [key] of store.entries('k/')) {
      expect(key).toBe('k/1000')
      break
    }
    await store.commit([{ delete: 'k/1000' }])
    expect(await store.get('k/1000')).toBeUndefined()
  })

  it('takes an empty commit', async () => {
    await (await open()).commit([])
  })

  it('takes many commits at once, all of them', async () => {
    const store = await open()
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        store.commit([{ put: `k/${n}`, value: bytes(`${n}`) }]),
      ),
    )
    expect(await all(store, 'k/')).toHaveLength(200)
  })
})

describe('level store', () => {
  it('has on disk what a commit resolved for', async () => {
    const path = await directory()
    const store = await LevelStore.open(path)
    await store.commit([{ put: 'a', value: bytes('1') }])
    await store.close()
    const again = await LevelStore.open(path)
    expect(await again.get('a')).toEqual(bytes('1'))
    await again.close()
  })

  it('finishes what was committed before it closes', async () => {
    const path = await directory()
    const store = await LevelStore.open(path)
    const commits = Promise.all(
      Array.from({ length: 50 }, (_, n) => store.commit([{ put: `k/${n}`, value: bytes('x') }])),
    )
    await store.close()
    await commits
    const again = await LevelStore.open(path)
    expect(await all(again, 'k/')).toHaveLength(50)
    await again.close()
  })

  it('says so when it is closed', async () => {
    const store = await LevelStore.open(await directory())
    await store.close()
    await store.close()
    await expect(store.get('a')).rejects.toMatchObject({ code: 'STORE_CLOSED' })
    await expect(store.commit([{ delete: 'a' }])).rejects.toMatchObject({ code: 'STORE_CLOSED' })
  })

  it('says so when another one holds the directory', async () => {
    const path = await directory()
    const store = await LevelStore.open(path)
    await expect(LevelStore.open(path)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(path),
    })
    await store.close()
  })

  it('says so when the directory is damaged', async () => {
    const path = await directory()
    await (await LevelStore.open(path)).close()
    await writeFile(join(path, 'CURRENT'), 'garbage')
    await expect(LevelStore.open(path)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
  })

  it('says so when the directory cannot be made', async () => {
    const file = join(await directory(), 'file')
    await writeFile(file, '')
    await expect(LevelStore.open(join(file, 'store'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
  })

  it('shares one fsync among commits that wait for the same disk', async () => {
    const store = await LevelStore.open(await directory())
    cleanUps.unshift(() => store.close())
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        await store.commit([{ put: 'k', value: bytes(`${n}`) }])
        order.push(n)
      }),
    )
    expect(order).toEqual(Array.from({ length: 100 }, (_, n) => n))
    expect(await store.get('k')).toEqual(bytes('99'))
    expect(store.batches).toBeLessThan(10)
  })
})
