import { EXIT_MEANINGS } from './exit-codes.ts'

/** `asgard help TOPIC`. */
export const HELP_TOPICS: Readonly<Record<string, string>> = {
  env: `Environment

  ASGARD_HOME             one directory for settings, data, state and socket
  ASGARD_CONFIG           the settings file, when it is not the usual one
  ASGARD_PROFILE          which defaults apply: lan, wan or test
  ASGARD_NETWORK          the network that commands are about
  ASGARD_PASSPHRASE_FILE  a file whose first line unlocks the device key
  ASGARD_GROUP_KEY        any setting: ASGARD_LISTEN_PORT=41641 (lists with commas)
  XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR
                          where things are when ASGARD_HOME is not set
  NO_COLOR, FORCE_COLOR   no colours; colours also into a pipe
  CREDENTIALS_DIRECTORY   systemd: the credential asgard-passphrase unlocks the key

An unknown ASGARD_ variable stops the node: it is a misspelt one. Secrets are never read from the environment.
`,
  'exit-codes': `Exit codes

${EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}
`,
  json: `JSON

Every command takes --json. Standard output then holds one object:

  {"schema":"asgard.status/1","data":…,"warnings":[{"code":…,"text":…}]}

Commands that go on (logs, events, ping, status --watch, invite --wait) print one such object per line,
without warnings. A failure is one object too, on standard output, with the exit code saying what kind:

  {"schema":"asgard.problem/1","type":…,"title":…,"status":404,"code":"DEVICE_UNKNOWN","detail":…,"hint":…}

(RFC 9457.) Within a schema's number fields are only ever added. Times are milliseconds since 1970.
`,
  config: `Settings

Each value is taken from the first of: a flag of daemon run (--set), an ASGARD_ variable, the settings file,
the profile. asgard config ls shows which.

  asgard config path          where the file is
  asgard config set KEY VALUE changes it, keeping comments
  asgard config check         says what is wrong with it, and where

The file is TOML:

  profile = "wan"             # lan (when not given), wan or test

  [listen]
  port = 41641

log.level takes effect at once, after config set or SIGHUP; everything else at the next start.
To start at boot, let your init system run: asgard daemon run
`,
  names: `Names

Where a DEVICE is wanted you may give its name, the beginning of its name if no other begins so, its id
(12D3KooW…), the end of its id, which is what lists show after the "…", a #tag that only this device has (in
quotes: to a shell, # begins a comment), or an address that ends with /p2p/ID. If several match, they are named.
A NETWORK is given likewise by name, beginning or id.

Names of devices are chosen by other people. Whatever in them could deceive a terminal is shown as what it
is: \\x1b, \\u202e.
`,
}
