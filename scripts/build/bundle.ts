import { existsSync } from 'node:fs'
import { build, type Metafile } from 'esbuild'
import { packageOf } from './third-party-licenses.ts'

/** Native parts: they bring their own binaries and cannot be bundled. */
const external = ['classic-level', 'node-datachannel', 'node-datachannel/*']

/** CommonJS packages inside an ESM bundle still call `require` for Node's own modules. */
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);"

const entries = { cli: 'node/cli/main.ts', library: 'node/library.ts' }

export interface Bundle {
  /** Folders of every package whose code is in the bundle. */
  readonly packages: readonly string[]
}

/** Bundles the entries into chunks, so that a command loads only what it imports. */
export async function bundleProgram(outdir: string): Promise<Bundle> {
  const page = await buildPage()
  const result = await build({
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external,
    banner: { js: banner },
    chunkNames: 'chunk/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return { packages: [...new Set([...bundledPackages(result.metafile), ...page])].sort() }
}

/** The page is bundled for the browser before the program that embeds it. */
async function buildPage(): Promise<readonly string[]> {
  const script = new URL('../build-ui.ts', import.meta.url)
  if (!existsSync(script)) return []
  const { buildUi } = (await import(script.href)) as { buildUi: () => Promise<unknown> }
  await buildUi()
  return []
}

function bundledPackages(metafile: Metafile): string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  return inputs.flatMap((input) => packageOf(input) ?? [])
}
