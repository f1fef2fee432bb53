import { describe, expect, it } from 'vitest'
import { pathsOf } from '../../../node/daemon/paths.ts'

const facts = { userHome: '/home/ana', temporary: '/tmp', userId: 1000 }

describe('where things are', () => {
  it('follows the XDG directories', () => {
    const env = {
      XDG_CONFIG_HOME: '/c',
      XDG_DATA_HOME: '/d',
      XDG_STATE_HOME: '/s',
      XDG_RUNTIME_DIR: '/run/user/1000',
    }
    expect(pathsOf({ ...facts, env })).toEqual({
      settingsFile: '/c/asgard/config.toml',
      data: '/d/asgard',
      state: '/s/asgard',
      runtime: '/run/user/1000/asgard',
      socket: '/run/user/1000/asgard/api.sock',
      lockFile: '/s/asgard/daemon.lock',
      logFile: '/s/asgard/asgard.log',
      startFile: '/s/asgard/start.log',
    })
  })

  it('falls back to the usual ones; a relative XDG directory is invalid and ignored', () => {
    expect(
      pathsOf({ ...facts, env: { XDG_CONFIG_HOME: 'relative', XDG_RUNTIME_DIR: '' } }),
    ).toMatchObject({
      settingsFile: '/home/ana/.config/asgard/config.toml',
      data: '/home/ana/.local/share/asgard',
      socket: '/home/ana/.local/state/asgard/run/api.sock',
    })
  })

  it('is all below ASGARD_HOME when that is set, but for the file that ASGARD_CONFIG names', () => {
    const env = { ASGARD_HOME: '/x', XDG_RUNTIME_DIR: '/run/user/1000', ASGARD_CONFIG: '/y/z.toml' }
    const { settingsFile, ...others } = pathsOf({ ...facts, env })
    expect(settingsFile).toBe('/y/z.toml')
    for (const path of Object.values(others)) expect(path).toMatch(/^\/x\//)
  })

  it('gives a deep home a short socket of its own', () => {
    const deep = (name: string) =>
      pathsOf({ ...facts, env: { ASGARD_HOME: `/${name.repeat(90)}` } })
    expect(Buffer.byteLength(deep('ä').socket)).toBeLessThanOrEqual(103)
    expect(deep('ä').socket).toMatch(/^\/tmp\/asgard-1000-[0-9a-f]{16}\/api\.sock$/)
    expect(deep('ä').socket).not.toBe(deep('b').socket)
    expect(deep('ä').lockFile).toContain('ä')
  })
})
