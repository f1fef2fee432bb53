import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './support/processes.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies: Record<string, string>
  readonly scripts: Record<string, string>
}

interface Lock {
  readonly packages: Record<
    string,
    {
      version?: string
      resolved?: string
      link?: boolean
      optionalDependencies?: Record<string, string>
    }
  >
}

const readJson = <Value>(file: string): Value => JSON.parse(readFileSync(file, 'utf8')) as Value
const manifest = readJson<Manifest>('package.json')
const lock = readJson<Lock>('package-lock.json')

/** The machine's own Node, beside the one that the repository brings, when it is too old to run the program. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((program) => {
  if (!existsSync(program)) return false
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)/.exec(version)?.[1]) < 22
})

describe('the lock file', () => {
  it('names no download address, so that any registry serves it', () => {
    const addresses = Object.values(lock.packages).filter(({ resolved }) =>
      resolved?.includes('://'),
    )
    expect(addresses).toEqual([])
  })

  it('names every platform of each native package: run `node scripts/complete-lockfile.ts` after npm install', () => {
    const locked = new Set(
      Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)),
    )
    const wanted = Object.values(lock.packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    )
    expect(wanted.length).toBeGreaterThan(50)
    expect(wanted.filter((name) => !locked.has(name))).toEqual([])
    const versionless = Object.entries(lock.packages).filter(
      ([, entry]) => entry.version === undefined && entry.link !== true,
    )
    expect(versionless).toEqual([])
  })
})

describe('the package that npm pack makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asgard-package-'))
  const installed = join(folder, 'node_modules', 'asgard')
  const asgard = join(installed, 'dist', 'asgard.js')

  beforeAll(async () => {
    const packed = await run(['npm', 'pack', '--ignore-scripts', '--pack-destination', folder])
    expect(packed.code, packed.stderr).toBe(0)
    mkdirSync(installed, { recursive: true })
    const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`)
    const unpacked = await run(['tar', '-xzf', tarball, '--strip-components=1', '-C', installed])
    expect(unpacked.code, unpacked.stderr).toBe(0)
    // What a person gets beside it: its dependencies, and nothing of what it was built with.
    for (const name of Object.keys(manifest.dependencies)) {
      symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('depends on native parts only, and runs nothing when it is installed', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['classic-level', 'node-datachannel'])
    expect(Object.keys(manifest.scripts)).not.toContain('install')
    expect(Object.keys(manifest.scripts)).not.toContain('postinstall')
  })

  it('says its version, without what it was built with', async () => {
    const { code, stdout, stderr } = await run([process.execPath, asgard, 'version', '--json'], {
      cwd: folder,
    })
    expect(code, stderr).toBe(0)
    expect(stdout).toContain(manifest.version)
  })

  it('is found by import, with types beside it', async () => {
    const script =
      "import('asgard').then((library) => console.log(Object.keys(library).length > 0))"
    const { stdout, stderr } = await run([process.execPath, '-e', script], { cwd: folder })
    expect(stdout.trim(), stderr).toBe('true')
    expect(existsSync(join(installed, 'dist', 'library.d.ts'))).toBe(true)
  })

  it('carries the licences of what is inside it', () => {
    const text = readFileSync(join(installed, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8')
    for (const name of ['libp2p', 'yjs', 'commander', 'hono', 'zod'])
      expect(text).toContain(`\n${name} `)
  })

  it('has no finding of publint', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual(
      [],
    )
  })

  it.skipIf(oldNode === undefined)('tells an old Node what to type', async () => {
    const { code, stderr } = await run([oldNode ?? '', asgard, 'status', '--json'])
    expect(code).toBe(1)
    expect(stderr).toContain('npx -y -p node@24 -p asgard asgard status --json')
  })
})
