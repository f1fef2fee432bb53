import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Device, PathReport } from '../../node/api/contract/device.ts'
import { ask } from '../api-client.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { PathMark } from '../parts/marks.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { deviceNamed, recentEvents } from '../state.ts'
import { argument, milliseconds, percent } from '../words.ts'

/** How we are connected to it, or why not. */
export function PathPanel({ device }: { device: Device }) {
  const report = useSignal<PathReport | null>(null)
  const newest = recentEvents.value[0]?.seq
  useEffect(() => {
    let isWanted = true
    ask<PathReport>('GET', `networks/current/paths/${device.id}`).then(
      (answer) => {
        if (isWanted) report.value = answer
      },
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [device.id, newest])
  const { path } = device
  return (
    <Section title="Path">
      {path === null ? (
        <p>Not connected now.</p>
      ) : (
        <>
          <p>
            <PathMark kind={path.kind} /> by {path.transport}
            {path.via === null ? null : (
              <>
                {' '}
                via <RemoteText text={deviceNamed(path.via)} max={32} />
              </>
            )}
            {' · '}
            {milliseconds(path.rttMs)} · {percent(path.loss)} lost · since{' '}
            <When ms={path.sinceMs} />
          </p>
          <p>
            <code class="breakable">
              <RemoteText text={path.address} max={300} />
            </code>
          </p>
        </>
      )}
      {report.value === null ? null : <Report report={report.value} />}
      <CommandChip command={`asgard path ${argument(device.name, device.id)}`} />
    </Section>
  )
}

function Report({ report }: { report: PathReport }) {
  return (
    <>
      {report.advice === '' ? null : (
        <p class="advice">
          <RemoteText text={report.advice} max={600} />
        </p>
      )}
      {report.seenBy.length === 0 ? null : (
        <p>
          Seen by{' '}
          {report.seenBy.map((id, at) => (
            <span key={id}>
              {at === 0 ? '' : ', '}
              <RemoteText text={deviceNamed(id)} max={32} />
            </span>
          ))}
          .
        </p>
      )}
      {report.attempts.length === 0 ? null : (
        <ul class="attempts">
          {report.attempts.slice(-8).map((attempt) => (
            <li key={`${attempt.at} ${attempt.address}`}>
              <strong class={`outcome outcome-${attempt.outcome}`}>{attempt.outcome}</strong>{' '}
              <code class="breakable">
                <RemoteText text={attempt.address} max={200} />
              </code>
              <span class="facts">
                from {attempt.source} · <When ms={attempt.at} /> ·{' '}
                {milliseconds(attempt.durationMs)}
                {attempt.detail === '' ? null : (
                  <>
                    {' · '}
                    <RemoteText text={attempt.detail} max={200} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {report.nextAttemptAt === null ? null : (
        <p class="facts">
          Next try: <When ms={report.nextAttemptAt} />
        </p>
      )}
    </>
  )
}
