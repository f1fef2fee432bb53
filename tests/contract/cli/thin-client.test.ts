import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../node/cli/command-table.ts'

const STATIC_IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

/** Every module that loading `entry` loads at once: files of ours by path, packages by name. */
function loadedBy(entry: string): Set<string> {
  const loaded = new Set<string>()
  const visit = (file: string): void => {
    const path = relative('.', file)
    if (loaded.has(path)) return
    loaded.add(path)
    for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
      if (target.startsWith('.')) visit(resolve(dirname(file), target))
      else if (!target.startsWith('node:')) loaded.add(target)
    }
  }
  visit(resolve(entry))
  return loaded
}

const files = COMMANDS.map(({ name }) => join('node/cli/commands', `${name}.ts`))

describe('the command line', () => {
  it('is looked at whole', () => {
    expect(files.filter((file) => !existsSync(file))).toEqual([])
    expect([...loadedBy('node/cli/main.ts')]).toEqual(
      expect.arrayContaining(
        ['commander', 'node/cli/client.ts'].map((name) =>
          name === 'commander' ? '@commander-js/extra-typings' : name,
        ),
      ),
    )
    expect([...loadedBy('node/main.ts')].some((path) => path.startsWith('src/'))).toBe(true)
  })

  it.each(['node/cli/main.ts', 'node/cli/complete-words.ts', ...files])(
    '%s loads nothing of the node, and no library but its own',
    (file) => {
      const loaded = [...loadedBy(file)]
      expect(loaded.filter((path) => /^(src|protocols|proto)\//.test(path))).toEqual([])
      const packages = loaded.filter((path) => !path.startsWith('node/'))
      expect(packages.filter((name) => name !== '@commander-js/extra-typings')).toEqual([])
    },
  )
})
