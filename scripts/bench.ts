/**
 * `npm run bench -- NAME [--key=value…]` runs one bench of `scripts/bench/` and prints one JSON line per figure;
 * `all` runs every one in turn; without a name it lists them. `--strict` makes a missed goal the exit code.
 */
import { readdirSync } from 'node:fs'
import { completeFigure, type Bench, type Report } from './bench/support/figure.ts'

const folder = new URL('bench/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort()
const words = process.argv.slice(2)
const options = Object.fromEntries(
  words
    .filter((word) => word.startsWith('--'))
    .map((word) => {
      const [key = '', ...value] = word.slice(2).split('=')
      return [key, value.length === 0 ? 'true' : value.join('=')]
    }),
)
const chosen = words
  .filter((word) => !word.startsWith('--'))
  .flatMap((word) => (word === 'all' ? names : [word]))
const unknown = chosen.filter((name) => !names.includes(name))

if (chosen.length === 0 || unknown.length > 0) {
  for (const name of unknown) console.error(`no bench is called ${name}`)
  console.log(names.join('\n'))
  process.exit(unknown.length > 0 ? 2 : 0)
}

let isMissed = false
for (const name of chosen) {
  const { run } = (await import(new URL(`${name}.ts`, folder).href)) as Bench
  const report: Report = (figure) => {
    const complete = completeFigure(name, figure)
    if (complete.met === false) isMissed = true
    console.log(JSON.stringify(complete))
  }
  await run(report, options)
}
// Children are gone by now; what a library keeps open is not worth waiting for.
process.exit(isMissed && options['strict'] === 'true' ? 1 : 0)
