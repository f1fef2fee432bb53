import { useSignal } from '@preact/signals'
import type { Role } from '../../node/api/contract/common.ts'
import type { Device } from '../../node/api/contract/device.ts'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { GuestStay, untilMs } from '../parts/guest-stay.tsx'
import { Section } from '../parts/section.tsx'
import { network } from '../state.ts'
import { argument, ROLE_MEANINGS, ROLES } from '../words.ts'

export function RoleForm({ device }: { device: Device }) {
  const role = useSignal<Role>(device.role ?? 'member')
  const guestDays = useSignal(7)
  const action = useAction()
  const offered = ROLES.filter(
    (item) => item !== 'owner' || network.value?.role === 'owner' || device.role === 'owner',
  )
  const save = () =>
    action.run(
      () =>
        ask('PUT', `networks/current/devices/${device.id}/role`, {
          role: role.value,
          ...(role.value === 'guest' ? { until: untilMs(guestDays.value) } : {}),
        }),
      `The role is now ${role.value}.`,
    )
  return (
    <Section title="Role">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label class="field">
          <span>What it may do</span>
          <select
            value={role.value}
            onChange={(event) => (role.value = event.currentTarget.value as Role)}
          >
            {offered.map((item) => (
              <option key={item} value={item}>
                {item}: {ROLE_MEANINGS[item]}
              </option>
            ))}
          </select>
        </label>
        {role.value === 'guest' ? <GuestStay days={guestDays} /> : null}
        <ActionError action={action} />
        <div class="form-end">
          <button
            type="submit"
            class="button"
            disabled={action.isBusy || role.value === device.role}
          >
            Give this role
          </button>
          <CommandChip
            command={`asgard device role ${argument(device.name, device.id)} ${role.value}${role.value === 'guest' ? ` --for ${guestDays.value}d` : ''}`}
          />
        </div>
      </form>
    </Section>
  )
}
