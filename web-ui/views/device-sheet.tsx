import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Device } from '../../node/api/contract/device.ts'
import { CommandChip } from '../parts/command-chip.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { HealthMark } from '../parts/marks.tsx'
import { Modal } from '../parts/modal.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { devices, isAdmin, isOperator, revocations } from '../state.ts'
import { visibleString } from '../visible-text.ts'
import { argument, bytes, exactly } from '../words.ts'
import { AnnotationForm } from './annotation-form.tsx'
import { PathPanel } from './path-panel.tsx'
import { Receipts } from './removals.tsx'
import { RevokeForm } from './revoke-form.tsx'
import { RoleForm } from './role-form.tsx'

/** Everything about one device, and what can be done with it. */
export function DeviceSheet({ id }: { id: string }) {
  // What was last known stays on show when the device goes away under the reader's eyes.
  const last = useSignal<Device | null>(null)
  const current = devices.value.find((device) => device.id === id)
  if (current !== undefined && current !== last.peek()) last.value = current
  const device = current ?? last.value
  const revocation = revocations.value.find((item) => item.device === id)
  return (
    <Modal label={device === null ? 'Device' : visibleString(device.name)} shape="sheet">
      {device === null ? (
        <p>There is no such device in this network.</p>
      ) : (
        <Facts device={device} />
      )}
      {revocation === undefined ? null : (
        <Section title="Removed">
          <p>
            <When ms={revocation.at} />
            {revocation.reason === '' ? null : (
              <>
                {': '}
                <RemoteText text={revocation.reason} max={200} />
              </>
            )}
          </p>
          <Receipts revocation={revocation} />
        </Section>
      )}
      {device === null || current === undefined ? null : (
        <>
          {device.isSelf ? null : <PathPanel device={device} />}
          {isOperator.value ? <AnnotationForm key={id} device={device} /> : null}
          {isAdmin.value && device.role !== null ? (
            <RoleForm key={`role ${id}`} device={device} />
          ) : null}
          {isAdmin.value && !device.isSelf ? <RevokeForm device={device} /> : null}
        </>
      )}
    </Modal>
  )
}

function Facts({ device }: { device: Device }) {
  const { hardware, note } = device
  return (
    <>
      <h2>
        <RemoteText text={device.name} max={120} />
      </h2>
      <p class="facts">
        <HealthMark health={device.health} /> · {device.role ?? 'not a member'} · last seen{' '}
        {device.isSelf ? 'now' : <When ms={device.lastSeenAt} />}
      </p>
      {device.flags.map((flag) => (
        <p key={flag.code} class="warning severity-warning">
          <strong>
            <RemoteText text={flag.code} max={40} />
          </strong>{' '}
          <RemoteText text={flag.detail} max={300} />
        </p>
      ))}
      {note === '' || isOperator.value ? null : (
        <p class="note">
          <RemoteText text={note} max={4_096} keepsLines />
        </p>
      )}
      <dl class="pairs">
        <Pair term="Device id">
          <code class="breakable">{device.id}</code>{' '}
          <CopyButton text={device.id} label="Copy the device id" />
        </Pair>
        {device.ownName === device.name ? null : (
          <Pair term="Calls itself">
            <RemoteText text={device.ownName} max={120} />
          </Pair>
        )}
        <Pair term="System">
          <RemoteText
            text={`${device.kind} · ${device.platform} · asgard ${device.version}`}
            max={200}
          />
        </Pair>
        {hardware === null ? null : (
          <Pair term="Hardware">
            <RemoteText text={hardware.cpu} max={80} />, {hardware.cores} cores,{' '}
            {bytes(hardware.memoryBytes)}
          </Pair>
        )}
        <Pair term="Addresses">
          {device.addresses.length === 0 ? 'none known' : null}
          <ul class="addresses">
            {device.addresses.slice(0, 12).map((address) => (
              <li key={address}>
                <code class="breakable">
                  <RemoteText text={address} max={200} />
                </code>
              </li>
            ))}
          </ul>
        </Pair>
        {device.capabilities.length === 0 ? null : (
          <Pair term="Can do">
            {device.capabilities.slice(0, 24).map((capability) => (
              <span key={capability} class="tag">
                <RemoteText text={capability} max={64} />
              </span>
            ))}
          </Pair>
        )}
        <Pair term="Member since">
          <When ms={device.registeredAt} />
        </Pair>
        {device.admittedUntil === null ? null : (
          <Pair term="Admitted until">{exactly(device.admittedUntil)}</Pair>
        )}
      </dl>
      <CommandChip command={`asgard device show ${argument(device.name, device.id)}`} />
    </>
  )
}

function Pair({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
