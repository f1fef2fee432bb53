import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

const names = new Set(builtinModules)

/**
 * Loads each of Node's own modules when something of it is first used. An ES import loads it at once and reads every
 * export to make its facade, lazy ones too: `node:http` alone then brings Node's whole fetch, 30 ms of a short command.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup(context) {
    context.onResolve({ filter: /^(node:)?[a-z_]+(\/[a-z]+)*$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '')
      if (!path.startsWith('node:') && !names.has(name)) return undefined
      return { path: `node:${name}`, namespace: 'builtin', sideEffects: false }
    })
    context.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: lazyModule(path),
      loader: 'js',
    }))
  },
}

function lazyModule(path: string): string {
  const load = `process.getBuiltinModule(${JSON.stringify(path)})`
  const builtin: unknown = process.getBuiltinModule(path)
  // A function or class (`events`, `stream`, `assert`) must be itself, and is loaded by the time we run anyway.
  // So must an instance of one: `cluster` and `process` are emitters, whose methods are not their own.
  if (!isPlain(builtin)) return `module.exports = ${load}`
  const getters = Object.keys(builtin).map((name) => `get ${name}() { return load().${name} }`)
  return `let loaded; const load = () => (loaded ??= ${load}); module.exports = { ${getters.join(', ')} }`
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
