import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What this machine lacks to run tests in network namespaces, or undefined when it lacks nothing. */
export function missingForNetwork(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces need Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  const lack = missingCommands({ ip: 'iproute2', nft: 'nftables' })
  if (lack !== undefined) return lack
  return inNamespace(() => undefined)
}

/** Likewise for networks with routers and bad cables in them. */
export function missingForLab(): string | undefined {
  return (
    missingForNetwork() ??
    missingCommands({
      conntrack: 'conntrack',
      ethtool: 'ethtool',
      miniupnpd: 'miniupnpd-nftables',
      upnpc: 'miniupnpc',
      taskset: 'util-linux',
    }) ??
    inNamespace((name) => {
      const nat = 'add table inet t; add chain inet t c { type nat hook postrouting priority 100; }'
      if (!runs('ip', 'netns', 'exec', name, 'nft', `${nat}; add rule inet t c masquerade`))
        return 'this kernel has no network address translation in nftables'
      if (!runs('ip', '-n', name, 'link', 'add', 'type', 'vxlan', 'id', '1', 'dstport', '4789'))
        return 'this kernel has no VXLAN'
      return undefined
    })
  )
}

/** What `look` finds missing in a namespace of its own, if one can be made. */
function inNamespace(look: (name: string) => string | undefined): string | undefined {
  const name = `asgard-probe-${process.pid}`
  if (!runs('ip', 'netns', 'add', name))
    return 'this machine does not let root make network namespaces'
  try {
    return look(name)
  } finally {
    runs('ip', 'netns', 'delete', name)
  }
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

/** Commands, each with the Debian package that holds it. */
function missingCommands(packages: Readonly<Record<string, string>>): string | undefined {
  const lacking = Object.entries(packages).filter(([command]) => !hasCommand(command))
  if (lacking.length === 0) return undefined
  const [commands, names] = [lacking.map(([command]) => command), lacking.map(([, name]) => name)]
  return `needs ${commands.join(', ')} (apt install ${names.join(' ')})`
}

function runs(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
