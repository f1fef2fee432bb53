import { hostname } from 'node:os'
import type { Setting } from '../api/contract/mesh.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { cliError, isNotRunning } from './cli-error.ts'
import type { CliContext } from './cli-context.ts'
import { apiPath } from './client.ts'

/** The settings of the running node, or, when none runs, those it would start with. */
export interface SettingsAccess {
  readonly isRunning: boolean
  list(): Promise<Setting[]>
  get(key: string): Promise<Setting>
  set(key: string, value: string): Promise<Setting>
  unset(key: string): Promise<Setting>
}

export async function settingsAccess(context: CliContext): Promise<SettingsAccess> {
  const { client } = context
  try {
    await client.get('/livez', { timeoutMs: 2_000 })
  } catch (error) {
    if (isNotRunning(error)) return fileAccess(await openSettings(context))
    throw error
  }
  return {
    isRunning: true,
    list: () => client.list<Setting>(apiPath`config`),
    get: (key) => client.get<Setting>(apiPath`config/${key}`),
    set: (key, value) => client.send<Setting>('PUT', apiPath`config/${key}`, { value }),
    unset: (key) => client.send<Setting>('DELETE', apiPath`config/${key}`),
  }
}

/** The settings as a node started now would see them. Loaded only here: checking takes a large library. */
export async function openSettings(context: CliContext): Promise<SettingsStore> {
  const { SettingsStore: Store } = await import('../settings/settings-store.ts')
  return new Store({
    file: context.paths.settingsFile,
    env: context.terminal.env,
    flags: [],
    hostName: hostname(),
  })
}

function fileAccess(store: SettingsStore): SettingsAccess {
  const changed = (key: string): Setting => ({ ...store.get(key), needsRestart: false })
  return {
    isRunning: false,
    list: async () => store.list(),
    get: async (key) => known(() => store.get(key)),
    set: async (key, value) => {
      known(() => store.set(key, value))
      return changed(key)
    },
    unset: async (key) => {
      known(() => store.unset(key))
      return changed(key)
    },
  }
}

/** As the node answers it: what does not exist is not found, what is wrong is wrong usage. */
function known<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SettingsError) || error.code !== 'UNKNOWN_KEY') throw error
    throw cliError('SETTING_UNKNOWN', 404, 'Not found', error.message, 'asgard config ls', error)
  }
}

/** As a person writes it: lists with commas, text without quotes. */
export const valueText = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : String(value)
