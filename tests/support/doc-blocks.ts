import { existsSync, readdirSync, readFileSync } from 'node:fs'

export interface DocBlock {
  readonly file: string
  /** Of the fence, from 1. */
  readonly line: number
  /** First word after the fence, such as `sh`. */
  readonly language: string
  /** Further words, such as `run`. */
  readonly marks: readonly string[]
  readonly text: string
}

/** Documents that people read: top level, `docs/`, and each protocol's README. */
export function documents(): readonly string[] {
  const inFolder = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md'))
          .map((name) => `${folder}/${name}`)
      : []
  const top = readdirSync('.').filter((name) => name.endsWith('.md'))
  return [...top, ...inFolder('docs'), ...inFolder('protocols')].sort()
}

export function blocksOf(file: string, text = readFileSync(file, 'utf8')): readonly DocBlock[] {
  const blocks: DocBlock[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(\S+)\s*(.*)$/.exec(lines[at] ?? '')
    if (fence === null) continue
    const end = lines.indexOf('```', at + 1)
    blocks.push({
      file,
      line: at + 1,
      language: fence[1] ?? '',
      marks: (fence[2] ?? '').split(/\s+/).filter((word) => word !== ''),
      text: lines.slice(at + 1, end === -1 ? undefined : end).join('\n'),
    })
    at = end === -1 ? lines.length : end
  }
  return blocks
}
