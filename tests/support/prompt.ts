import type { AsgardNode } from '../../node/library.ts'
import { shown, until } from './nodes.ts'

const PROMPT_MS = 1_000
/** A machine that runs other tests beside may be late once. */
const TRIES = 3

let notes = 0

/** A change by `admin` reaches the member `reader` within a second, as it does when nobody disturbs. */
export async function expectPromptChange(
  admin: AsgardNode,
  reader: AsgardNode,
  name: string,
): Promise<void> {
  const tookMs: number[] = []
  while (tookMs.length < TRIES) {
    const note = `note ${++notes}`
    const startedAt = performance.now()
    await admin.backend.network().patchDevice(name, { note })
    await until(reader, async () => (await shown(reader, reader))?.note === note)
    tookMs.push(performance.now() - startedAt)
    if ((tookMs.at(-1) ?? Infinity) < PROMPT_MS) return
  }
  throw new RangeError(`changes took ${tookMs.map(Math.round).join(', ')} ms`)
}
