import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { deviceNamed, status, topology } from '../state.ts'

/** What is wrong, each with the command that mends or explains it. */
export function Warnings() {
  const warnings = status.value?.warnings ?? []
  const partition = topology.value?.partition ?? ''
  if (warnings.length === 0 && partition === '') return null
  return (
    <section aria-label="Warnings" class="warnings">
      {partition === '' ? null : (
        <div class="warning severity-error">
          <strong>The network is split:</strong> <RemoteText text={partition} max={600} />
        </div>
      )}
      {warnings.map((warning) => (
        <div
          key={`${warning.code} ${warning.device ?? ''}`}
          class={`warning severity-${warning.severity}`}
        >
          <p>
            <strong class="severity">{warning.severity}</strong>{' '}
            {warning.device === null ? null : (
              <>
                <RemoteText text={deviceNamed(warning.device)} />:{' '}
              </>
            )}
            <RemoteText text={warning.text} max={400} />
          </p>
          {warning.fix === '' ? null : <CommandChip command={warning.fix} />}
        </div>
      ))}
    </section>
  )
}
