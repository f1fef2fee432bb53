import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { blocksOf, documents, type DocBlock } from './support/doc-blocks.ts'
import { run, type Finished } from './support/processes.ts'

const blocks = documents().flatMap((file) => blocksOf(file))
const sessions = Map.groupBy(
  blocks.filter(({ language, marks }) => language === 'sh' && marks.includes('run')),
  ({ file }) => file,
)
const typed = blocks.filter(({ language, marks }) => language === 'ts' && !marks.includes('sketch'))
const folder = mkdtempSync(join(tmpdir(), 'asgard-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what the documents tell to type', () => {
  it('is there to be tried: README.md has a block marked `sh run`', () => {
    expect(sessions.has('README.md')).toBe(true)
  })

  it.each([...sessions.keys()])('%s works as it is written', async (file) => {
    const { code, stdout, stderr } = await runSession(file, sessions.get(file) ?? [])
    expect(code, `${stdout}\n${stderr}`).toBe(0)
  })

  it('is noticed when it fails', async () => {
    const { code } = await runSession('planted', blocksOf('planted', '```sh run\nfalse\ntrue\n```'))
    expect(code).not.toBe(0)
  })
})

describe('TypeScript in the documents', () => {
  it('fits the library', async () => {
    expect(await typeErrors(typed)).toBe('')
  })

  it('is noticed when it does not', async () => {
    const wrong = blocksOf('planted', "```ts\nimport { noSuchThing } from 'asgard'\n```")
    expect(await typeErrors(wrong)).toContain('noSuchThing')
  })
})

/** The blocks of one document are one session in one home, as they are for its reader. */
async function runSession(name: string, session: readonly DocBlock[]): Promise<Finished> {
  const home = join(folder, name.replaceAll('/', '_'))
  const bin = join(home, 'bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(resolve('dist/asgard.js'), join(bin, 'asgard'))
  const env = {
    HOME: home,
    ASGARD_HOME: join(home, 'asgard'),
    ASGARD_PROFILE: 'test',
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
  }
  const script = ['set -euo pipefail', ...session.map(({ text }) => text)].join('\n')
  try {
    return await run(['bash', '-c', script], { env, cwd: home, timeoutMs: 25_000 })
  } finally {
    await run(['asgard', 'daemon', 'stop'], { env }).catch(() => undefined)
  }
}

async function typeErrors(examples: readonly DocBlock[]): Promise<string> {
  const work = mkdtempSync(join('.cache', 'docs-'))
  try {
    const files = examples.map(({ file, line, text }) => {
      const path = join(work, `${file.replaceAll('/', '_')}-line-${line}.ts`)
      writeFileSync(path, `${text}\nexport {}\n`)
      return resolve(path)
    })
    if (files.length === 0) return ''
    const config = join(work, 'tsconfig.json')
    writeFileSync(
      config,
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: {
          paths: { asgard: [resolve('node/library.ts')] },
          // An example shows what it names; whether it goes on to use it is not its point.
          noUnusedLocals: false,
        },
        files,
        include: [],
      }),
    )
    const { code, stdout } = await run(['tsc', '-p', config])
    return code === 0 ? '' : stdout
  } finally {
    rmSync(work, { recursive: true })
  }
}
