import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { type NetworkId, networkKeyOf } from '../../src/identity/network-id.ts'
import { IdentityError } from '../../src/identity/identity-error.ts'
import { writePrivately } from './key-file.ts'

const entry = z.object({
  status: z.enum(['active', 'left', 'removed']),
  /** TCP port that other devices remember; 0 until the first start. */
  port: z.int().min(0).max(65_535),
  /** As it was called when it last ran here. */
  name: z.string().default(''),
})
const shelf = z.object({ current: z.string().nullable(), networks: z.record(z.string(), entry) })

export type ShelfEntry = z.infer<typeof entry>

/** Directories of networks that are being founded or erased; what a crash leaves of them is removed. */
const UNBORN = 'new-'

/**
 * The networks of this device: one directory each, and a small file that says which of them is current.
 * The directories are the truth; without the file they are found again.
 */
export class NetworkShelf {
  readonly #root: string
  readonly #file: string
  readonly #state: z.infer<typeof shelf>

  constructor(data: string) {
    this.#root = join(data, 'networks')
    this.#file = join(data, 'networks.json')
    mkdirSync(this.#root, { recursive: true, mode: 0o700 })
    this.#state = this.#read()
    const found = this.#directories()
    for (const id of Object.keys(this.#state.networks))
      if (!found.has(id)) delete this.#state.networks[id]
    for (const id of found) this.#state.networks[id] ??= { status: 'active', port: 0, name: '' }
    if (this.#state.current !== null && !found.has(this.#state.current)) this.#state.current = null
  }

  get current(): NetworkId | null {
    return this.#state.current
  }

  entries(): readonly (readonly [NetworkId, ShelfEntry])[] {
    return Object.entries(this.#state.networks)
  }

  get(id: NetworkId): ShelfEntry | undefined {
    return this.#state.networks[id]
  }

  set(id: NetworkId, change: Partial<ShelfEntry>): void {
    const before = this.#state.networks[id] ?? { status: 'active', port: 0, name: '' }
    const after = { ...before, ...change }
    const isSame =
      before.status === after.status && before.port === after.port && before.name === after.name
    if (isSame && id in this.#state.networks) return
    this.#state.networks[id] = after
    this.#write()
  }

  use(id: NetworkId | null): void {
    if (this.#state.current === id) return
    this.#state.current = id
    this.#write()
  }

  directory(id: NetworkId): string {
    return join(this.#root, id)
  }

  /** A place for a network whose id is not known yet. */
  unborn(): string {
    return join(this.#root, UNBORN + randomBytes(6).toString('hex'))
  }

  name(unborn: string, id: NetworkId): void {
    renameSync(unborn, this.directory(id))
  }

  /** First under another name, so that a crash half-way leaves no network behind that comes back to life. */
  erase(id: NetworkId): void {
    const doomed = this.unborn()
    if (existsSync(this.directory(id))) renameSync(this.directory(id), doomed)
    delete this.#state.networks[id]
    if (this.#state.current === id) this.#state.current = null
    this.#write()
    rmSync(doomed, { recursive: true, force: true })
  }

  #directories(): Set<NetworkId> {
    const ids = new Set<NetworkId>()
    for (const name of readdirSync(this.#root)) {
      if (name.startsWith(UNBORN)) rmSync(join(this.#root, name), { recursive: true, force: true })
      else if (isNetworkId(name)) ids.add(name)
    }
    return ids
  }

  #read(): z.infer<typeof shelf> {
    const empty = { current: null, networks: {} }
    if (!existsSync(this.#file)) return empty
    try {
      return shelf.parse(JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch {
      return empty // damaged: the directories say which networks there are
    }
  }

  #write(): void {
    writePrivately(this.#file, `${JSON.stringify(this.#state, null, 2)}\n`)
  }
}

function isNetworkId(name: string): boolean {
  try {
    networkKeyOf(name)
    return true
  } catch (err) {
    if (err instanceof IdentityError) return false
    throw err
  }
}
