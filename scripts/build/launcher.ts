/**
 * The file behind the `asgard` command. It must parse on Node 16, so that a person with an old Node reads
 * a remedy instead of a syntax error; everything newer is behind the dynamic import.
 */
export function launcherSource(): string {
  return `#!/usr/bin/env node
const version = process.versions.node.split('.').map(Number)
if (version[0] > 22 || (version[0] === 22 && version[1] >= 15)) {
  await import('./cli.js')
} else {
  const words = process.argv.slice(2).map((word) => (/^[\\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\\\''") + "'"))
  process.stderr.write(
    'asgard needs Node.js 22.15 or newer; this is ' + process.versions.node + '. Run it with a newer one:\\n' +
    '  ' + ['npx -y -p node@24 -p asgard asgard', ...words].join(' ') + '\\n',
  )
  process.exitCode = 1
}
`
}
