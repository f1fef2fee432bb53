import type { AsgardNode } from '../../node/library.ts'
import { shown, until } from './nodes.ts'

const PROMPT_MS = 1_000
/** On a machine that runs much else beside, this often what a change took when nobody disturbed. */
const SLOWER_MAX = 4
/** Such a machine may also be late once. */
const TRIES = 3

let notes = 0
const usualMs = new WeakMap<AsgardNode, number>()

/** To be called before anybody disturbs: how long a change takes on this machine now. */
export async function measureUsualChange(
  admin: AsgardNode,
  reader: AsgardNode,
  name: string,
): Promise<void> {
  await change(admin, reader, name) // the first one waits for much that is done once
  usualMs.set(admin, await change(admin, reader, name))
}

/** A change by `admin` reaches the member `reader` within a second, as it does when nobody disturbs. */
export async function expectPromptChange(
  admin: AsgardNode,
  reader: AsgardNode,
  name: string,
): Promise<void> {
  const maxMs = Math.max(PROMPT_MS, SLOWER_MAX * (usualMs.get(admin) ?? 0))
  const tookMs: number[] = []
  while (tookMs.length < TRIES) {
    tookMs.push(await change(admin, reader, name))
    if ((tookMs.at(-1) ?? Infinity) < maxMs) return
  }
  throw new RangeError(`changes took ${tookMs.map(Math.round).join(', ')} of ${maxMs} ms`)
}

async function change(admin: AsgardNode, reader: AsgardNode, name: string): Promise<number> {
  const note = `note ${++notes}`
  const startedAt = performance.now()
  await admin.backend.network().patchDevice(name, { note })
  await until(reader, async () => (await shown(reader, reader))?.note === note)
  return performance.now() - startedAt
}
