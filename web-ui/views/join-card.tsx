import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JoinProgress } from '../../node/api/contract/network.ts'
import { askLines, RequestError } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { shortId, status } from '../state.ts'
import { milliseconds, timeOfDay } from '../words.ts'

type Line =
  | JoinProgress
  | {
      readonly kind: 'problem'
      readonly code: string
      readonly detail: string
      readonly hint?: string
    }

/** Joining with a ticket, step by step as it happens. */
export function JoinCard() {
  const ticket = useSignal('')
  const deviceName = useSignal(status.value?.identity.name ?? '')
  const steps = useSignal<readonly JoinProgress[]>([])
  const action = useAction()
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])

  const join = () => {
    stop.current = new AbortController()
    steps.value = []
    return action.run(async () => {
      const own = deviceName.value.trim()
      const request = { ticket: ticket.value.trim(), ...(own === '' ? {} : { deviceName: own }) }
      for await (const line of askLines<Line>('POST', 'joins', request, stop.current.signal)) {
        if ('kind' in line) throw new RequestError(line)
        if (line.step === 'failed') throw new RequestError(line)
        steps.value = [...steps.value, line]
      }
    }, 'Joined.')
  }
  return (
    <form
      class="panel form"
      aria-labelledby="join"
      onSubmit={(event) => {
        event.preventDefault()
        void join()
      }}
    >
      <h2 id="join">Join a network</h2>
      <p>
        On a device that is in it already, press “Add a device” or run <code>asgard invite</code>,
        and bring the ticket here.
      </p>
      <label class="field">
        <span>Ticket</span>
        <textarea
          required
          rows={4}
          maxLength={1_024}
          placeholder="asgard1…"
          spellcheck={false}
          autocomplete="off"
          value={ticket.value}
          readOnly={action.isBusy}
          onInput={(event) => (ticket.value = event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Name of this device</span>
        <input
          maxLength={63}
          value={deviceName.value}
          onInput={(event) => (deviceName.value = event.currentTarget.value)}
        />
      </label>
      <ol class="progress" aria-live="polite">
        {steps.value.map((step) => (
          <li key={step.step} class={step.step === 'pending' ? 'pending' : 'past'}>
            <Step step={step} />
          </li>
        ))}
      </ol>
      <ActionError action={action} />
      <div class="form-end">
        <button type="submit" class="button primary-action" disabled={action.isBusy}>
          {action.isBusy ? 'Joining…' : 'Join'}
        </button>
        {action.isBusy ? (
          <button type="button" class="button" onClick={() => stop.current.abort()}>
            Cancel
          </button>
        ) : (
          <CommandChip command="asgard join" />
        )}
      </div>
    </form>
  )
}

function Step({ step }: { step: JoinProgress }) {
  switch (step.step) {
    case 'ticket':
      return (
        <>
          The ticket is for <RemoteText text={step.network} max={64} />, as {step.role}, good until{' '}
          {timeOfDay(step.expiresAt)}.
        </>
      )
    case 'dialling':
      return (
        <>
          Calling{' '}
          {step.addresses.length === 1 ? 'its address' : `${step.addresses.length} addresses`}…
        </>
      )
    case 'reached':
      return (
        <>
          Reached <span title={step.device}>{shortId(step.device)}</span> in{' '}
          {milliseconds(step.elapsedMs)}.
        </>
      )
    case 'pending':
      return (
        <div class="words">
          <p>Waiting to be let in. The other screen must show the same words:</p>
          <ol aria-label="Confirmation words">
            {step.words.map((word) => (
              <li key={word}>
                <RemoteText text={word} />
              </li>
            ))}
          </ol>
        </div>
      )
    case 'joined':
      return (
        <>
          Joined <RemoteText text={step.network.name} max={64} />.
        </>
      )
    case 'failed':
      return <>{step.detail}</>
  }
}
