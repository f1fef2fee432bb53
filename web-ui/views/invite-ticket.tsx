import { useComputed } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { CreatedInvite } from '../../node/api/contract/network.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { QrCode } from '../parts/qr-code.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { closeDialog } from '../route.ts'
import { devices, status } from '../state.ts'
import { plural, timeOfDay } from '../words.ts'
import { PendingJoinCard } from './pending-joins.tsx'

/** The ticket, shown once; below it, whoever comes with it. */
export function InviteTicket({ invite }: { invite: CreatedInvite }) {
  const known = useRef(new Set(devices.value.map((device) => device.id)))
  const joined = useComputed(() => devices.value.filter((device) => !known.current.has(device.id)))
  const joins = status.value?.pendingJoins ?? []
  return (
    <div class="ticket">
      <h2>The ticket</h2>
      <p>
        Role {invite.role} · for {plural(invite.uses, 'device', 'devices')} · until{' '}
        {timeOfDay(invite.expiresAt)}
        {invite.approve ? ' · you will be asked' : ''}
      </p>
      <div class="ticket-parts">
        <QrCode text={invite.ticketQr} label="The ticket as a QR code" />
        <ol class="steps">
          <li>
            On the new device run
            <CommandChip command="asgard join" />
          </li>
          <li>
            Paste the ticket there, or open its page and scan the code.
            <textarea
              readOnly
              rows={5}
              aria-label="Ticket"
              value={invite.ticket}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={invite.ticket} label="Copy the ticket" word="Copy the ticket" />
          </li>
        </ol>
      </div>
      <p class="facts">Whoever has this ticket can ask to join with it. It is not shown again.</p>
      <div class="arrivals" aria-live="polite">
        {joins.map((join) => (
          <PendingJoinCard key={join.id} join={join} />
        ))}
        {joined.value.map((device) => (
          <p key={device.id} class="success">
            <RemoteText text={device.name} max={64} /> has joined as {device.role}.
          </p>
        ))}
        {joins.length === 0 && joined.value.length === 0 ? (
          <p class="waiting">Waiting for a device… You may close this; the ticket stays good.</p>
        ) : null}
      </div>
      <div class="form-end">
        <button type="button" class="button" onClick={closeDialog}>
          Done
        </button>
      </div>
    </div>
  )
}
