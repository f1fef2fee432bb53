import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** Lowest first: each may import from itself and from those before it. */
export const layers = ['proto', 'protocols', 'src', 'node'] as const
const productFolders = [...layers, 'web-ui'] as const

interface Import {
  readonly specifier: string
  /** Path from the root of the tree, for a relative import; undefined for a package. */
  readonly target: string | undefined
  readonly isTypeOnly: boolean
}

export interface SourceFile {
  readonly path: string
  readonly folder: string
  /** Without comments and the contents of strings: what the rules on words look at. */
  readonly code: string
  readonly imports: readonly Import[]
}

/** Every source file of the product below `root`; generated code too, because it takes part in the layers. */
export function readTree(root: string): readonly SourceFile[] {
  return productFolders.flatMap((folder) => {
    const top = join(root, folder)
    if (!existsSync(top)) return []
    return readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.endsWith('.d.ts'))
      .map((file) => readSource(root, relative(root, file), folder))
  })
}

function readSource(root: string, path: string, folder: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const uncommented = text.replaceAll(commentOrString, (match, text?: string) =>
    text === undefined ? '' : match,
  )
  const imports = [...uncommented.matchAll(importStatement)].map((match): Import => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? ''
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(path), specifier))
      : undefined
    return { specifier, target, isTypeOnly: match[1] !== undefined }
  })
  const code = uncommented.replaceAll(commentOrString, (match) => match.charAt(0).repeat(2))
  return { path, folder, code, imports }
}

/** A string (captured) or a comment. Strings first, so that a URL in one is not taken for a comment. */
const commentOrString =
  /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|(?<![\\/])\/\/.*/g
const importStatement =
  /^\s*(?:import|export)\s+(type\s)?[^'"`;=()]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** Everything the tree does that its architecture forbids, one sentence each. */
export function violations(files: readonly SourceFile[]): string[] {
  return [
    ...files.flatMap(upwardImports),
    ...files.flatMap(forbiddenWords),
    ...files.flatMap(forbiddenNames),
    ...cycles(files),
  ].sort()
}

function upwardImports(file: SourceFile): string[] {
  return file.imports.flatMap(({ target, isTypeOnly }) => {
    if (target === undefined) return []
    const to = target.split('/')[0] ?? ''
    if (to === file.folder) return []
    if (file.folder === 'web-ui') {
      const isContract = target.startsWith('node/api/contract/') && isTypeOnly
      return isContract
        ? []
        : [`${file.path} imports ${target}: the page sees only types of node/api/contract`]
    }
    const [from, goal] = [file.folder, to].map((folder) =>
      (layers as readonly string[]).indexOf(folder),
    )
    if (goal === -1 || (goal ?? 0) > (from ?? 0))
      return [`${file.path} imports ${target}: imports point down only`]
    return []
  })
}

interface Ban {
  readonly folders: readonly string[]
  readonly except?: RegExp
  readonly pattern: RegExp
  readonly reason: string
}

const bans: readonly Ban[] = [
  {
    folders: ['src', 'protocols'],
    except: /^src\/clock\/system-clock\.ts$/,
    pattern:
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\b(?:set|clear)(?:Timeout|Interval|Immediate)\(|\bperformance\.now\(|\bAbortSignal\.timeout\(/,
    reason: 'time and chance come from Clock',
  },
  {
    folders: ['src', 'protocols'],
    pattern: /(?<![.\w#'-])process\.|\bcreateLibp2p\b|(?<![.\w])console\./,
    reason: 'only node/ knows the process and composes libp2p',
  },
  {
    folders: [...layers],
    except: /^proto\/gen\//,
    pattern: /\bthrow (?:new )?Error\(/,
    reason: 'an error has a class and a code',
  },
]
const bannedModules =
  /^(?:node:)?(?:fs|fs\/promises|net|http|https|http2|dgram|tls|dns|child_process|os|process|timers)$/

function forbiddenWords(file: SourceFile): string[] {
  const words = bans.flatMap(({ folders, except, pattern, reason }) => {
    if (!folders.includes(file.folder) || except?.test(file.path) === true) return []
    const match = pattern.exec(file.code)
    return match === null ? [] : [`${file.path} says ${match[0]}: ${reason}`]
  })
  const isRules =
    file.folder === 'protocols' || (file.folder === 'src' && !file.path.startsWith('src/storage/'))
  const modules = file.imports
    .filter(({ specifier }) => isRules && bannedModules.test(specifier))
    .map(
      ({ specifier }) =>
        `${file.path} imports ${specifier}: disk is src/storage's, the rest is node's`,
    )
  return [...words, ...modules]
}

function forbiddenNames({ path }: SourceFile): string[] {
  const name = path.split('/').at(-1) ?? ''
  if (/^(index|utils?|helpers?|misc|common-utils)\.tsx?$/.test(name))
    return [`${path}: a file is named after its one main export`]
  if (!path.startsWith('proto/gen/') && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))
    return [`${path}: file names are kebab-case`]
  return []
}

/** Import cycles, types counted: each strongly connected component of more than one file (Tarjan). */
function cycles(files: readonly SourceFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]))
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[] = []
  const visit = (path: string): void => {
    order.set(path, order.size)
    low.set(path, order.get(path)!)
    stack.push(path)
    for (const { target } of known.get(path)?.imports ?? []) {
      if (target === undefined || !known.has(target)) continue
      if (!order.has(target)) visit(target)
      if (stack.includes(target)) low.set(path, Math.min(low.get(path)!, low.get(target)!))
    }
    if (low.get(path) !== order.get(path)) return
    const component = stack.splice(stack.indexOf(path))
    if (component.length > 1)
      found.push(`${component.sort().join(', ')}: import each other in a cycle`)
  }
  for (const { path } of files) if (!order.has(path)) visit(path)
  return found
}

/** Lines that are neither blank nor comment. */
export function codeLines(file: SourceFile): number {
  return file.code.split('\n').filter((line) => line.trim() !== '').length
}
