import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface UiFile {
  readonly type: string
  readonly body: Uint8Array
}

const ROOT = fileURLToPath(new URL('../web-ui/', import.meta.url))

/** The page as the node serves it, by path: one script, one style sheet, nothing from elsewhere. */
export async function buildUi(): Promise<ReadonlyMap<string, UiFile>> {
  const [html, icon, bundle] = await Promise.all([
    readFile(`${ROOT}index.html`),
    readFile(`${ROOT}icon.svg`),
    build({
      entryPoints: { page: `${ROOT}main.tsx`, style: `${ROOT}styles/page.css` },
      outdir: ROOT,
      write: false,
      bundle: true,
      minify: true,
      format: 'esm',
      target: ['chrome123', 'firefox120', 'safari17.5'],
      jsx: 'automatic',
      jsxImportSource: 'preact',
      legalComments: 'none',
      logLevel: 'silent',
    }),
  ])
  const output = (suffix: string): Uint8Array => {
    const file = bundle.outputFiles.find(({ path }) => path.endsWith(suffix))
    if (file === undefined) throw new UiBuildError(`the build made no ${suffix}`)
    return file.contents
  }
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: output('page.js') }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: output('style.css') }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
  ])
}

class UiBuildError extends Error {
  override readonly name = 'UiBuildError'
}
