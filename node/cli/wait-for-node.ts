import type { Client } from './client.ts'
import { isNotRunning } from './cli-error.ts'

/** Whether a node answers on the socket now. */
export async function isNodeThere(client: Client): Promise<boolean> {
  try {
    await client.get('/livez', { timeoutMs: 2_000 })
    return true
  } catch (error) {
    if (isNotRunning(error)) return false
    throw error
  }
}
