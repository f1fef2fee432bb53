import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'

/** Writes the declarations of the library's public face, and of what it names, to `types/`. */
export function emitLibraryTypes(outdir: string): void {
  if (!existsSync('node/library.ts')) return
  const config = `${outdir}.tsconfig.json`
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: '..',
        outDir: `../${outdir}/types`,
      },
      include: ['../node/library.ts'],
      exclude: [],
    }),
  )
  execFileSync('tsc', ['-p', config], { stdio: ['ignore', 2, 2] })
  writeFileSync(`${outdir}/library.d.ts`, "export * from './types/node/library.js'\n")
}
