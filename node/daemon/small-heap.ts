import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8's young generation at its first size. It would grow to 16 MiB while the program is being loaded and
 * never shrink again; a node that mostly waits is 12 MB smaller without, and its messages are short-lived anyway.
 * To be called before anything large is loaded.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
