import { useSignal } from '@preact/signals'
import type { Device } from '../../node/api/contract/device.ts'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { Section } from '../parts/section.tsx'
import { shortId } from '../state.ts'
import { visibleString } from '../visible-text.ts'
import { argument } from '../words.ts'

/** Puts a device out for good; for one that is out already, drops its record. */
export function RevokeForm({ device }: { device: Device }) {
  return device.role === null ? <ForgetForm device={device} /> : <Revoke device={device} />
}

function Revoke({ device }: { device: Device }) {
  const typed = useSignal('')
  const reason = useSignal('')
  const action = useAction()
  // A name that cannot be typed is stood for by the end of the id.
  const word = visibleString(device.name) === device.name ? device.name : shortId(device.id)
  const revoke = () =>
    action.run(
      () => ask('POST', `networks/current/devices/${device.id}/revoke`, { reason: reason.value }),
      `${visibleString(device.name)} was removed.`,
    )
  return (
    <Section title="Remove this device">
      <form
        class="form danger"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.value === word) void revoke()
        }}
      >
        <p>
          Every device shuts it out by its key, at once or as soon as it hears of it. It cannot come
          back with the same key.
        </p>
        <label class="field">
          <span>Reason, for the others (optional)</span>
          <input
            maxLength={200}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>
            Type <RemoteText text={word} max={80} /> to confirm
          </span>
          <input
            autocomplete="off"
            spellcheck={false}
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </label>
        <ActionError action={action} />
        <div class="form-end">
          <button
            type="submit"
            class="button danger-action"
            disabled={action.isBusy || typed.value !== word}
          >
            Remove for good
          </button>
          <CommandChip command={`asgard device revoke ${argument(device.name, device.id)}`} />
        </div>
      </form>
    </Section>
  )
}

function ForgetForm({ device }: { device: Device }) {
  const action = useAction()
  const forget = () =>
    action.run(() => ask('DELETE', `networks/current/devices/${device.id}`), 'Forgotten.')
  return (
    <Section title="Forget this device">
      <p>It is no longer a member. Its last record can be dropped from the list.</p>
      <ActionError action={action} />
      <div class="form-end">
        <button type="button" class="button" disabled={action.isBusy} onClick={() => void forget()}>
          Forget
        </button>
        <CommandChip command={`asgard device forget ${argument(device.name, device.id)}`} />
      </div>
    </Section>
  )
}
