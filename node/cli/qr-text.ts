import type { Writer } from './terminal.ts'

const QUIET_MODULES = 2

/**
 * A QR code of half blocks, two rows in one line: light on dark as well as dark on light terminals, since the
 * colours are set. Undefined when the terminal is too small for it.
 */
export async function qrText(content: string, writer: Writer): Promise<string | undefined> {
  const { encodeQR } = await import('qr')
  const modules = encodeQR(content, 'raw', { ecc: 'low', border: QUIET_MODULES })
  const width = modules[0]?.length ?? 0
  if (width > (writer.columns ?? 80) || Math.ceil(modules.length / 2) > (writer.rows ?? 24))
    return undefined
  let text = ''
  for (let row = 0; row < modules.length; row += 2) {
    const blocks = Array.from({ length: width }, (_, column) => {
      const upper = modules[row]?.[column] ?? false
      const lower = modules[row + 1]?.[column] ?? false
      // Drawn are the light modules: a dark terminal needs no colours then.
      if (!upper && !lower) return '█'
      if (!upper) return '▀'
      return lower ? ' ' : '▄'
    })
    text += `\x1b[97;40m${blocks.join('')}\x1b[0m\n`
  }
  return text
}
