import { isDeepStrictEqual } from 'node:util'
import { editSettingsText, writeSettingsFile } from './edit-settings-file.ts'
import {
  loadSettings,
  mergeSettings,
  type LoadedSettings,
  type SettingOrigin,
  type SettingsSources,
} from './load-settings.ts'
import { nearestName } from './nearest-name.ts'
import { isProfileName, PROFILE_NAMES } from './profiles.ts'
import { KEY_NAMES, settingOf } from './setting-keys.ts'
import { valueFromText } from './settings-environment.ts'
import { parseSettingsFile, readSettingsText } from './settings-file.ts'
import { SettingsError } from './settings-error.ts'
import type { Settings } from './schema.ts'

/** A setting as people and the API see it; the shape of `setting` in node/api/contract/mesh.ts. */
export interface ShownSetting {
  readonly key: string
  readonly value: unknown
  readonly origin: SettingOrigin
  readonly description: string
  readonly needsRestart: boolean
}

export interface SettingsChange {
  readonly settings: Settings
  /** Keys whose effective value is another one now. */
  readonly changed: readonly string[]
  /** Those of `changed` that only a restart brings into force. */
  readonly needRestart: readonly string[]
}

/** The settings of one device: what is in force, where each value comes from, and changing the file. */
export class SettingsStore {
  readonly #sources: SettingsSources
  #loaded: LoadedSettings

  constructor(sources: SettingsSources) {
    this.#sources = sources
    this.#loaded = loadSettings(sources)
  }

  get settings(): Settings {
    return this.#loaded.settings
  }

  get profile(): string {
    return this.#loaded.profile
  }

  get file(): string {
    return this.#sources.file
  }

  list(): ShownSetting[] {
    return KEY_NAMES.map((key) => this.get(key))
  }

  /** Throws `SettingsError` (`UNKNOWN_KEY`) for a key that does not exist. */
  get(key: string): ShownSetting {
    if (key === 'profile') return this.#shownProfile()
    const setting = settingOf(key)
    if (setting === undefined) throw unknownKey(key)
    const groups: Readonly<Record<string, Readonly<Record<string, unknown>>>> =
      this.#loaded.settings
    return {
      key,
      value: groups[setting.group]?.[setting.field],
      origin: this.#loaded.originOf(key),
      description: setting.description,
      needsRestart: setting.needsRestart,
    }
  }

  /** Writes `key` into the file, or takes it out when `value` is undefined; refuses what would not start. */
  set(key: string, value: unknown): SettingsChange {
    const setting = settingOf(key)
    if (setting === undefined && key !== 'profile') throw unknownKey(key)
    const given =
      typeof value === 'string' && setting !== undefined ? valueFromText(setting, value) : value
    if (
      key === 'profile' &&
      given !== undefined &&
      !(typeof given === 'string' && isProfileName(given))
    ) {
      throw badProfileValue(given)
    }
    const { file } = this.#sources
    const text = readSettingsText(file) ?? ''
    const edited = editSettingsText(text, key, given, file)
    const loaded = mergeSettings(this.#sources, parseSettingsFile(edited, file))
    if (edited !== text) writeSettingsFile(file, edited)
    return this.#replace(loaded)
  }

  unset(key: string): SettingsChange {
    return this.set(key, undefined)
  }

  /** Reads the file again, as after SIGHUP. What was in force stays when it cannot be used. */
  reload(): SettingsChange {
    return this.#replace(loadSettings(this.#sources))
  }

  #shownProfile(): ShownSetting {
    return {
      key: 'profile',
      value: this.#loaded.profile,
      origin: this.#loaded.originOf('profile'),
      description: `The values of everything that is not set: ${PROFILE_NAMES.join(', ')}`,
      needsRestart: true,
    }
  }

  #replace(loaded: LoadedSettings): SettingsChange {
    const before = this.list()
    this.#loaded = loaded
    const changed = this.list().filter(
      (after, i) => !isDeepStrictEqual(after.value, before[i]?.value),
    )
    return {
      settings: loaded.settings,
      changed: changed.map((setting) => setting.key),
      needRestart: changed.filter((setting) => setting.needsRestart).map((setting) => setting.key),
    }
  }
}

function unknownKey(key: string): SettingsError {
  return new SettingsError([
    {
      code: 'UNKNOWN_KEY',
      where: 'settings',
      key,
      message: `unknown key "${key.slice(0, 100)}"`,
      suggestion: nearestName(key, KEY_NAMES),
    },
  ])
}

function badProfileValue(value: unknown): SettingsError {
  return new SettingsError([
    {
      code: 'BAD_VALUE',
      where: 'settings',
      key: 'profile',
      message: `profile must be one of ${PROFILE_NAMES.join(', ')}`,
      suggestion: nearestName(String(value), PROFILE_NAMES),
    },
  ])
}
