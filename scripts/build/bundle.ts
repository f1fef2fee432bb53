import { existsSync } from 'node:fs'
import { build, type Metafile, type Plugin } from 'esbuild'
import { buildUi } from '../build-ui.ts'
import { lazyBuiltins } from './lazy-builtins.ts'
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
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external,
    plugins: [lazyBuiltins, embeddedPage],
    banner: { js: banner },
    chunkNames: 'chunk/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  return { packages: [...new Set([...packagesIn(metafile), ...(await packagesOfPage())])].sort() }
}

/** Puts the built page into the program, so that a request never reads a file. */
const embeddedPage: Plugin = {
  name: 'embedded-page',
  setup(context) {
    context.onLoad({ filter: /\/node\/page-files\.ts$/ }, async () => {
      const files = [...(await buildUi())].map(([path, { type, body }]) => {
        const base64 = Buffer.from(body).toString('base64')
        return `[${JSON.stringify(path)},{type:${JSON.stringify(type)},body:Buffer.from('${base64}','base64')}]`
      })
      return { contents: `export const pageFiles=new Map([${files.join(',')}])` }
    })
  },
}

async function packagesOfPage(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: ['web-ui/main.tsx'],
    bundle: true,
    write: false,
    outdir: '.',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    metafile: true,
    logLevel: 'silent',
  })
  return packagesIn(metafile)
}

function packagesIn(metafile: Metafile): string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
  return inputs.flatMap((input) => packageOf(input) ?? [])
}
