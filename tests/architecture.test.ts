import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { codeLines, layers, readTree, violations } from './support/source-tree.ts'

const files = readTree('.')

describe('the tree', () => {
  it('is seen whole: a check that sees nothing must fail', () => {
    expect(files.length).toBeGreaterThan(100)
    for (const layer of [...layers, 'web-ui'])
      expect(files.filter((file) => file.folder === layer)).not.toHaveLength(0)
    const imports = files.flatMap((file) => file.imports)
    expect(imports.filter(({ target }) => target !== undefined).length).toBeGreaterThan(200)
  })

  it('keeps its layers, its rooms free of the machine, and no cycles', () => {
    expect(violations(files)).toEqual([])
  })

  it('has files that one can read at once (a report, not a law)', () => {
    const long = files
      .filter((file) => !file.path.startsWith('proto/gen/'))
      .map((file) => ({ path: file.path, lines: codeLines(file) }))
      .filter(({ lines }) => lines > 300)
    for (const { path, lines } of long)
      console.warn(`look again: ${path} has ${lines} lines of code`)
    expect(long.filter(({ lines }) => lines > 600)).toEqual([])
  })
})

describe('the check itself', () => {
  it.each([
    [
      'an upward import',
      'src/a/one.ts',
      "import { x } from '../../node/compose.ts'",
      'imports point down only',
    ],
    [
      'an upward type import',
      'protocols/a/one.ts',
      "import type { X } from '../../src/b.ts'",
      'imports point down only',
    ],
    [
      'an upward dynamic import',
      'src/a/one.ts',
      "const x = await import('../../node/compose.ts')",
      'imports point down only',
    ],
    [
      'an upward re-export over lines',
      'src/a/one.ts',
      "export {\n  x,\n} from '../../node/compose.ts'",
      'imports point down only',
    ],
    [
      'an import from the tests',
      'node/one.ts',
      "import { x } from '../tests/support/x.ts'",
      'imports point down only',
    ],
    [
      'a page that imports values',
      'web-ui/one.ts',
      "import { device } from '../node/api/contract/device.ts'",
      'sees only types',
    ],
    [
      'a page that imports the node',
      'web-ui/one.ts',
      "import type { X } from '../node/compose.ts'",
      'sees only types',
    ],
    ['the wall clock', 'src/a/one.ts', 'const now = Date.now()', 'come from Clock'],
    ['a timer', 'src/a/one.ts', 'setTimeout(() => {}, 5)', 'come from Clock'],
    ['chance', 'protocols/a/one.ts', 'const x = Math.random()', 'come from Clock'],
    ['the process', 'src/a/one.ts', 'const home = process.env', 'only node/ knows'],
    ['composition below node', 'src/a/one.ts', 'await createLibp2p({})', 'only node/ knows'],
    [
      'the disk outside its room',
      'src/a/one.ts',
      "import { readFile } from 'node:fs/promises'",
      "disk is src/storage's",
    ],
    ['a socket', 'protocols/a/one.ts', "import net from 'node:net'", "disk is src/storage's"],
    ['an error without a code', 'node/one.ts', "throw new Error('no')", 'has a class and a code'],
    ['a barrel', 'src/a/index.ts', '', 'named after its one main export'],
    ['a drawer', 'src/a/utils.ts', '', 'named after its one main export'],
    ['a camel', 'src/a/fooBar.ts', '', 'kebab-case'],
  ])('reports %s', (_, path, text, reason) => {
    expect(violations(planted({ [path]: text }))).toEqual([expect.stringContaining(reason)])
  })

  it('reports a cycle of types', () => {
    const tree = planted({
      'src/a/one.ts': "import type { Two } from './two.ts'",
      'src/a/two.ts': "export type { Three } from './three.ts'",
      'src/a/three.ts': "type X = import('./one.ts').One",
    })
    expect(violations(tree)).toEqual([
      expect.stringContaining('src/a/one.ts, src/a/three.ts, src/a/two.ts'),
    ])
  })

  it('does not mind words in comments and strings, nor downward imports', () => {
    const tree = planted({
      'src/a/one.ts': [
        "import { x } from '../../protocols/a/x.ts'",
        '// Date.now() is for others: see https://example.org/process.html',
        "const text = 'process.exit() // Math.random()' + `setTimeout(`",
        '/** never `throw new Error(` */',
        'this.process.run()',
      ].join('\n'),
      'src/storage/disk.ts': "import { open } from 'node:fs/promises'",
      'src/clock/system-clock.ts': 'export const now = () => Date.now()',
      'web-ui/main.tsx': "import type { Device } from '../node/api/contract/device.ts'",
    })
    expect(violations(tree)).toEqual([])
  })
})

function planted(texts: Record<string, string>): ReturnType<typeof readTree> {
  const root = mkdtempSync(join(tmpdir(), 'asgard-architecture-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return readTree(root)
}
