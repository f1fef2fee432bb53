/**
 * Names in `package-lock.json` every platform's variant of a native package, also those that the registry at hand
 * did not serve: without them `npm ci` calls the lock file out of date. Run it after every `npm install`.
 * Such an entry carries no integrity hash; the machine's own variant always does.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  version?: string
  link?: boolean
  dev?: boolean
  optional?: boolean
  os?: readonly string[]
  cpu?: readonly string[]
  libc?: readonly string[]
  optionalDependencies?: Record<string, string>
}

const file = 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> }
const before = Object.keys(lock.packages).length

for (const [path, entry] of Object.entries(lock.packages)) {
  // npm leaves a folder without a version behind when it resolves an override; no edge leads to it.
  if (entry.version === undefined && entry.link !== true) delete lock.packages[path]
}
for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (!isLocked(path, name))
      lock.packages[`node_modules/${name}`] = variant(name, version, parent)
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.error(`${file}: ${sorted.length - before} entries added`)

/** Whether a `require` of `name` below `path` finds an entry, looking as Node does. */
function isLocked(path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true
    if (!at.includes('node_modules/')) return lock.packages[`node_modules/${name}`] !== undefined
  }
}

function variant(name: string, spec: string, parent: LockedPackage): LockedPackage {
  const words = name.split(/[/-]/)
  const one = (known: readonly string[]): string[] => known.filter((word) => words.includes(word))
  const os = one([
    'aix',
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
    'sunos',
    'win32',
  ])
  const cpu = one([
    'arm',
    'arm64',
    'ia32',
    'loong64',
    'mips64el',
    'ppc64',
    'riscv64',
    's390x',
    'x64',
  ])
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  if (os.length !== 1) {
    console.error(`${name}: its name does not say its platform, left alone`)
    process.exitCode = 1
  }
  return {
    version: spec.replace(/^[\^~=]/, ''),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(parent.dev === true ? { dev: true } : {}),
    optional: true,
    ...(os[0] === 'linux' && libc.length > 0 ? { libc } : {}),
    os,
  }
}
