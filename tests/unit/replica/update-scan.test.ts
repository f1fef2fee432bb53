import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { UPDATE_STRUCTS_MAX } from '../../../protocols/replica/constants.ts'
import { Refusal } from '../../../src/replica/refusal.ts'
import { ReplicaDocument } from '../../../src/replica/replica-document.ts'
import { scanUpdate } from '../../../src/replica/update-scan.ts'
import {
  ANY,
  ARRAY,
  MAP,
  rootItem,
  setRoot,
  text,
  update,
  varUint,
} from '../../support/yjs-bytes.ts'

const CLIENT = 4_242_424_242

function codeOf(bytes: Uint8Array, clockFrom = 0): string {
  try {
    scanUpdate(bytes, CLIENT, clockFrom)
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const ok = setRoot('name', ANY.text('ana'))

describe('scan of an update', () => {
  it('accepts what Yjs writes for maps', () => {
    const doc = new Y.Doc({ gc: false })
    doc.clientID = CLIENT
    const updates: Uint8Array[] = []
    doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
    const root = doc.getMap('root')
    root.set('a', [1, -70_000, 0.5, 1e300, 'é', null, true, { b: { c: [] } }])
    doc.transact(() => {
      root.set('nested', new Y.Map([['x', 1]]))
      root.set('a', 2)
      root.delete('nested')
    })
    root.set('a', 3)
    let clock = 0
    for (const bytes of updates) clock = scanUpdate(bytes, CLIENT, clock).clockTo
    expect(clock).toBe(Y.getState(doc.store, CLIENT))
  })

  it.each<[string, Uint8Array, string]>([
    [
      'a count of structs that is not there',
      Uint8Array.from([1, ...varUint(100_000_000), 1, 0]),
      'TOO_MANY_STRUCTS',
    ],
    [
      'one struct more than allowed',
      update(
        CLIENT,
        0,
        Array.from({ length: UPDATE_STRUCTS_MAX + 1 }, () => ok),
      ),
      'TOO_MANY_STRUCTS',
    ],
    [
      'a run-length bomb in the V2 encoding',
      Uint8Array.from([0, 0, 6, 0x81, 0xad, 0xe2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      'MALFORMED',
    ],
    ['a foreign client id', update(7, 0, [ok]), 'FOREIGN_CLIENT'],
    ['two clients', Uint8Array.from([2, 0, 1, 0]), 'FOREIGN_CLIENT'],
    ['a gap before it', update(CLIENT, 5, [ok]), 'CLOCK_GAP'],
    ['a foreign delete', update(CLIENT, 0, [ok], [[7, 0, 1_000]]), 'FOREIGN_DELETE'],
    [
      'a delete of what does not exist',
      update(CLIENT, 0, [ok], [[CLIENT, 0, 2]]),
      'UNKNOWN_REFERENCE',
    ],
    [
      'deletes of two clients',
      update(
        CLIENT,
        0,
        [ok],
        [
          [CLIENT, 0, 1],
          [7, 0, 1],
        ],
      ),
      'FOREIGN_DELETE',
    ],
    ['another root', update(CLIENT, 0, [setRoot('a', ANY.null, 'evil')]), 'UNKNOWN_ROOT'],
    ['a key __proto__', update(CLIENT, 0, [setRoot('__proto__', ANY.null)]), 'FORBIDDEN_KEY'],
    [
      'an object with a key __proto__',
      update(CLIENT, 0, [
        setRoot('a', ANY.object(['__proto__', ANY.object(['isAdmin', ANY.true])])),
      ]),
      'FORBIDDEN_KEY',
    ],
    [
      'a GC struct of length 2^53',
      Uint8Array.from([1, 1, ...varUint(CLIENT), 0, 0, ...varUint(Number.MAX_SAFE_INTEGER), 0]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'a Skip struct',
      Uint8Array.from([1, 1, ...varUint(CLIENT), 0, 10, 5, 0]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'deleted content',
      update(CLIENT, 0, [rootItem('a', 1, varUint(1_000_000))]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'legacy JSON content',
      update(CLIENT, 0, [rootItem('a', 2, [1, ...text('{}')])]),
      'FORBIDDEN_CONTENT',
    ],
    ['binary content', update(CLIENT, 0, [rootItem('a', 3, [1, 0])]), 'FORBIDDEN_CONTENT'],
    ['text content', update(CLIENT, 0, [rootItem('a', 4, text('x'))]), 'FORBIDDEN_CONTENT'],
    ['embedded content', update(CLIENT, 0, [rootItem('a', 5, text('{}'))]), 'FORBIDDEN_CONTENT'],
    [
      'a format marker',
      update(CLIENT, 0, [rootItem('a', 6, [...text('b'), ...text('1')])]),
      'FORBIDDEN_CONTENT',
    ],
    ['a shared array', update(CLIENT, 0, [rootItem('a', 7, [ARRAY])]), 'FORBIDDEN_CONTENT'],
    [
      'a subdocument',
      update(CLIENT, 0, [rootItem('a', 9, [...text('guid'), ...ANY.null])]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'an item of a list',
      Uint8Array.from([1, 1, ...varUint(CLIENT), 0, 8, 1, ...text('root'), 1, ...ANY.null, 0]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'an item with a right neighbour',
      update(CLIENT, 0, [[0x68, ...varUint(CLIENT), 0, 1, ...ANY.null]]),
      'FORBIDDEN_CONTENT',
    ],
    [
      'an origin of another client',
      update(CLIENT, 0, [[0xa8, 7, 0, 1, ...ANY.null]]),
      'FOREIGN_CLIENT',
    ],
    [
      'an origin that is not there yet',
      update(CLIENT, 0, [[0xa8, ...varUint(CLIENT), 0, 1, ...ANY.null]]),
      'UNKNOWN_REFERENCE',
    ],
    [
      'a parent that is not there yet',
      update(CLIENT, 0, [[0x28, 0, ...varUint(CLIENT), 3, ...text('k'), 1, ...ANY.null]]),
      'UNKNOWN_REFERENCE',
    ],
    ['undefined', update(CLIENT, 0, [setRoot('a', ANY.undefined)]), 'FORBIDDEN_CONTENT'],
    ['a bigint', update(CLIENT, 0, [setRoot('a', ANY.bigint)]), 'FORBIDDEN_CONTENT'],
    ['bytes', update(CLIENT, 0, [setRoot('a', ANY.bytes)]), 'FORBIDDEN_CONTENT'],
    ['NaN', update(CLIENT, 0, [setRoot('a', ANY.nan)]), 'FORBIDDEN_CONTENT'],
    [
      'a string of more than 16 KiB',
      update(CLIENT, 0, [setRoot('a', ANY.text('x'.repeat(16_385)))]),
      'STRING_TOO_LONG',
    ],
    [
      'a key of more than 128 bytes',
      update(CLIENT, 0, [setRoot('k'.repeat(129), ANY.null)]),
      'STRING_TOO_LONG',
    ],
    ['a string that is no UTF-8', update(CLIENT, 0, [setRoot('a', [119, 1, 0xff])]), 'MALFORMED'],
    [
      'a value nested 60,000 deep',
      update(CLIENT, 0, [setRoot('a', ANY.nested(20_000))]),
      'NESTED_TOO_DEEP',
    ],
    [
      'an array longer than its update',
      update(CLIENT, 0, [setRoot('a', [117, ...varUint(2 ** 40)])]),
      'MALFORMED',
    ],
    [
      'an object larger than its update',
      update(CLIENT, 0, [setRoot('a', [118, ...varUint(2 ** 40)])]),
      'MALFORMED',
    ],
    [
      'more values than bytes',
      update(CLIENT, 0, [rootItem('a', 8, varUint(2 ** 40))]),
      'MALFORMED',
    ],
    ['an item without content', update(CLIENT, 0, [rootItem('a', 8, [0])]), 'MALFORMED'],
    [
      'a number of too many bytes',
      Uint8Array.from([1, ...Array.from({ length: 20 }, () => 0xff), 0]),
      'MALFORMED',
    ],
    ['bytes after it', Uint8Array.from([...update(CLIENT, 0, [ok]), 0]), 'MALFORMED'],
    ['nothing at all', new Uint8Array(0), 'MALFORMED'],
  ])('refuses %s', (_what, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
  })

  it('takes no memory by the numbers an update claims', () => {
    const bomb = Uint8Array.from([1, ...varUint(4_000), ...varUint(CLIENT), 0])
    const before = process.memoryUsage().heapUsed
    for (let n = 0; n < 10_000; n += 1) codeOf(bomb)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20)
  })
})

describe('replica document', () => {
  const nestedMap = (parentClock: number) => [
    0x27,
    0,
    ...varUint(CLIENT),
    ...varUint(parentClock),
    ...text('k'),
    MAP,
  ]

  it('refuses maps nested deeper than values may be', () => {
    const document = ReplicaDocument.empty(CLIENT)
    const chain = [rootItem('k', 7, [MAP]), ...Array.from({ length: 10 }, (_, i) => nestedMap(i))]
    document.apply(update(CLIENT, 0, chain))
    expect(() => document.read()).toThrow(expect.objectContaining({ code: 'NESTED_TOO_DEEP' }))
  })

  it('refuses a document of more entries than a snapshot can hold', () => {
    const document = ReplicaDocument.empty(CLIENT)
    document.apply(
      update(
        CLIENT,
        0,
        Array.from({ length: 2_049 }, (_, i) => setRoot(`${i}`, ANY.null)),
      ),
    )
    expect(() => document.read()).toThrow(expect.objectContaining({ code: 'DOCUMENT_TOO_LARGE' }))
  })

  it('survives a parent that is no map', () => {
    const document = ReplicaDocument.empty(CLIENT)
    document.apply(
      update(CLIENT, 0, [ok, [0x28, 0, ...varUint(CLIENT), 0, ...text('k'), 1, ...ANY.null]]),
    )
    expect(document.read().value).toEqual({ name: 'ana' })
    expect(document.clock).toBe(2)
  })

  it('reads objects without a prototype', () => {
    const document = ReplicaDocument.empty(CLIENT)
    document.apply(update(CLIENT, 0, [setRoot('constructor', ANY.object(['toString', ANY.null]))]))
    const { value } = document.read()
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.getPrototypeOf(value['constructor'])).toBeNull()
  })

  it('writes a snapshot that reads the same, without history', () => {
    const document = ReplicaDocument.empty(CLIENT)
    for (let n = 0; n < 200; n += 1) {
      const change = document.updateOf((root) => {
        root.set('n', n)
        if (n === 0) root.set('nested', new Y.Map([['x', [1, 2]]]))
      })
      document.apply(change ?? new Uint8Array(0))
    }
    const copy = ReplicaDocument.empty(CLIENT)
    copy.apply(document.snapshot())
    expect(copy.read()).toEqual(document.read())
    expect(copy.clock).toBe(3)
    expect(
      copy.updateOf((root) => (root.get('nested') as Y.Map<unknown>).set('y', 2)),
    ).toBeDefined()
  })
})
