import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A home holding this file was made by `asgard demo` and is deleted with the node. Nothing else ever is. */
export const THROW_AWAY_MARK = '.asgard-throw-away'

/** Ends when standard input ends: the kernel closes it when the demo dies, however that happens. */
export function endWithInput(input: NodeJS.ReadableStream, stop: AbortController): void {
  input.on('end', () => stop.abort())
  input.on('error', () => stop.abort())
  input.resume()
}

export function removeThrowAwayHome(home: string | undefined): void {
  if (home === undefined || home === '' || !existsSync(join(home, THROW_AWAY_MARK))) return
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  try {
    // The directory around the homes, once the last of them is gone.
    rmdirSync(dirname(home))
  } catch {
    // Others are still in it.
  }
}
