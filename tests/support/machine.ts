import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What this machine lacks to run tests in network namespaces, or undefined when it lacks nothing. */
export function missingForNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces need Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  if (!runs('ip', '-V')) return 'needs the command ip (apt install iproute2)'
  const name = `asgard-probe-${process.pid}`
  if (!runs('ip', 'netns', 'add', name))
    return 'this machine does not let root make network namespaces'
  runs('ip', 'netns', 'delete', name)
  return undefined
}

/** Likewise for the tests that drive a browser. */
export function missingForBrowser(): string | undefined {
  return chromiumPath() === undefined ? 'needs Chromium (apt install chromium)' : undefined
}

export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  return [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  )
}

export function hasCommand(program: string): boolean {
  return runs('sh', '-c', `command -v ${program}`)
}

function runs(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
