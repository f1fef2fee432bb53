import { useSignal } from '@preact/signals'
import { announcement } from '../state.ts'

export function CopyButton({ text, label, word }: { text: string; label: string; word?: string }) {
  const isCopied = useSignal(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      isCopied.value = true
      announcement.value = 'Copied.'
      setTimeout(() => {
        isCopied.value = false
      }, 1_600)
    } catch {
      announcement.value = 'This browser does not let the page copy; select the text instead.'
    }
  }
  return (
    <button
      type="button"
      class={word === undefined ? 'icon' : 'button'}
      aria-label={label}
      title={label}
      onClick={copy}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {isCopied.value ? (
          <path d="M3 8.5 6.5 12 13 4.5" />
        ) : (
          <path d="M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8Z" />
        )}
      </svg>
      {word === undefined ? null : isCopied.value ? 'Copied' : word}
    </button>
  )
}
