import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package folder that a bundled file belongs to; undefined for our own files. */
export function packageOf(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]
}

/** The text that ships beside the bundle: their authors ask that the licence goes where the code goes. */
export function thirdPartyLicenses(packages: readonly string[]): string {
  const texts = packages.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name: string
      version: string
      license?: string
    }
    const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    const body = files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
    return `${manifest.name} ${manifest.version}\n${manifest.license ?? 'see below'}\n\n${body}`
  })
  const intro = 'The program contains code of the packages below, each under its own licence.'
  return [intro, ...new Set(texts)].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n'
}
