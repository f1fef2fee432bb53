import { spawn } from 'node:child_process'
import { platform } from 'node:os'

/** Hands a link to the desktop. False when there is none to hand it to. */
export function openInBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const isMac = platform() === 'darwin'
  if (!isMac && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return false
  try {
    const child = spawn(isMac ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' })
    // A desktop without xdg-open: the printed link is still there.
    child.once('error', () => undefined)
    child.unref()
    return true
  } catch {
    return false
  }
}
