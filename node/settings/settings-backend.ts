import { ApiError } from '../api/api-error.ts'
import type { SettingsBackend } from '../api/backend.ts'
import { SettingsError } from './settings-error.ts'
import type { SettingsChange, SettingsStore } from './settings-store.ts'

/** The settings as the API reads and writes them; `apply` takes over what a running node can. */
export function settingsBackend(
  store: SettingsStore,
  apply: (change: SettingsChange) => void,
): SettingsBackend {
  return {
    list: async () => store.list(),
    get: async (key) => asApi(() => store.get(key)),
    set: async (key, value) =>
      asApi(() => {
        apply(store.set(key, value))
        return store.get(key)
      }),
    unset: async (key) =>
      asApi(() => {
        apply(store.unset(key))
        return store.get(key)
      }),
  }
}

function asApi<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const [problem] = error.problems
    const hint =
      problem?.suggestion === undefined
        ? 'asgard config ls'
        : `asgard config get ${problem.suggestion}`
    if (error.code === 'UNKNOWN_KEY')
      throw new ApiError('SETTING_UNKNOWN', error.message, hint, { cause: error })
    if (
      error.code === 'NOT_EDITABLE' ||
      error.code === 'UNREADABLE' ||
      error.code === 'BAD_SYNTAX'
    ) {
      throw new ApiError('CONFLICT', error.message, 'asgard config check', { cause: error })
    }
    throw new ApiError('BAD_REQUEST', error.message, hint, { cause: error })
  }
}
