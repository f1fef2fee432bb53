import { CopyButton } from './copy-button.tsx'

/** The command that shows or does the same as what it stands beside. */
export function CommandChip({ command }: { command: string }) {
  return (
    <span class="command">
      <code>
        <span class="prompt" aria-hidden="true">
          ${' '}
        </span>
        {command}
      </code>
      <CopyButton text={command} label={`Copy command: ${command}`} />
    </span>
  )
}
