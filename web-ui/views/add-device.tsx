import { useSignal } from '@preact/signals'
import type { Role } from '../../node/api/contract/common.ts'
import type { CreatedInvite, CreateInvite } from '../../node/api/contract/network.ts'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { GuestStay, untilMs } from '../parts/guest-stay.tsx'
import { Modal } from '../parts/modal.tsx'
import { network } from '../state.ts'
import { ROLE_MEANINGS, ROLES } from '../words.ts'
import { InviteTicket } from './invite-ticket.tsx'

const EXPIRIES: readonly (readonly [seconds: number, words: string, flag: string])[] = [
  [900, '15 minutes', '15m'],
  [3_600, '1 hour', '1h'],
  [86_400, '1 day', '1d'],
  [604_800, '1 week', '7d'],
]

/** Two steps: what the ticket allows, then the ticket. */
export function AddDevice() {
  const invite = useSignal<CreatedInvite | null>(null)
  return (
    <Modal label="Add a device" shape="card">
      {invite.value === null ? (
        <InviteForm onCreated={(created) => (invite.value = created)} />
      ) : (
        <InviteTicket invite={invite.value} />
      )}
    </Modal>
  )
}

function InviteForm({ onCreated }: { onCreated: (invite: CreatedInvite) => void }) {
  const role = useSignal<Role>('member')
  const expiresInS = useSignal(900)
  const uses = useSignal(1)
  const approve = useSignal(true)
  const guestDays = useSignal(7)
  const action = useAction()
  const expiry = EXPIRIES.find(([seconds]) => seconds === expiresInS.value)?.[2] ?? '15m'
  const flags = [
    role.value === 'member' ? '' : ` --role ${role.value}`,
    expiresInS.value === 900 ? '' : ` --expires ${expiry}`,
    uses.value === 1 ? '' : ` --uses ${uses.value}`,
    role.value === 'guest' ? ` --guest-for ${guestDays.value}d` : '',
    approve.value ? ' --approve' : '',
  ]
  const create = () => {
    const guestUntil = role.value === 'guest' ? { guestUntil: untilMs(guestDays.value) } : {}
    const request: CreateInvite = {
      role: role.value,
      expiresInS: expiresInS.value,
      uses: uses.value,
      approve: approve.value,
      ...guestUntil,
    }
    return action.run(async () =>
      onCreated(await ask<CreatedInvite>('POST', 'networks/current/invites', request)),
    )
  }
  // Nobody can hand out more than they have.
  const offered = ROLES.filter((item) => item !== 'owner' || network.value?.role === 'owner')
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <h2>Add a device</h2>
      <p>Make a ticket, take it to the new device, and let it in.</p>
      <fieldset>
        <legend>What it may do</legend>
        <div class="choices">
          {offered.map((item) => (
            <label key={item} class="choice">
              <input
                type="radio"
                name="role"
                checked={role.value === item}
                onChange={() => (role.value = item)}
              />
              <span>
                <strong>{item}</strong> {ROLE_MEANINGS[item]}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="row-of-fields">
        <label class="field">
          <span>Ticket is good for</span>
          <select
            value={expiresInS.value}
            onChange={(event) => (expiresInS.value = Number(event.currentTarget.value))}
          >
            {EXPIRIES.map(([seconds, words]) => (
              <option key={seconds} value={seconds}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Devices it admits</span>
          <input
            type="number"
            min="1"
            max="1000"
            required
            value={uses.value}
            onInput={(event) => (uses.value = event.currentTarget.valueAsNumber || 1)}
          />
        </label>
        {role.value === 'guest' ? <GuestStay days={guestDays} /> : null}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={approve.value}
          onChange={(event) => (approve.value = event.currentTarget.checked)}
        />
        <span>
          <strong>Ask me before it is let in</strong>
          <small>
            Both screens then show the same words, so that nobody else can slip in with the ticket.
          </small>
        </span>
      </label>
      <ActionError action={action} />
      <div class="form-end">
        <button type="submit" class="button primary-action" disabled={action.isBusy}>
          Make the ticket
        </button>
        <CommandChip command={`asgard invite${flags.join('')}`} />
      </div>
    </form>
  )
}
