import { useSignal } from '@preact/signals'
import type { Device, PatchDevice } from '../../node/api/contract/device.ts'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { Section } from '../parts/section.tsx'

/** Name, tags and note, as everybody in the network will see them. */
export function AnnotationForm({ device }: { device: Device }) {
  const name = useSignal(device.name)
  const tags = useSignal(device.tags.join(' '))
  const note = useSignal(device.note)
  const action = useAction()
  const save = () => {
    const patch = changes(device, name.value.trim(), tags.value, note.value)
    return action.run(() => ask('PATCH', `networks/current/devices/${device.id}`, patch), 'Saved.')
  }
  return (
    <Section title="Name and notes">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label class="field">
          <span>Name</span>
          <input
            required
            maxLength={63}
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Tags, with spaces between</span>
          <input
            value={tags.value}
            pattern="\s*([a-z0-9][a-z0-9\-]{0,31}\s*)*"
            title="a-z, 0-9 and -"
            onInput={(event) => (tags.value = event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Note</span>
          <textarea
            rows={3}
            maxLength={4_096}
            value={note.value}
            onInput={(event) => (note.value = event.currentTarget.value)}
          />
        </label>
        <ActionError action={action} />
        <div class="form-end">
          <button type="submit" class="button" disabled={action.isBusy}>
            Save
          </button>
        </div>
      </form>
    </Section>
  )
}

/** Only what differs, so that two people who change different things do not undo each other. */
function changes(device: Device, name: string, tagText: string, note: string): PatchDevice {
  const tags = tagText.split(/\s+/).filter((tag) => tag !== '')
  return {
    ...(name === device.name ? {} : { name }),
    ...(tags.join(' ') === device.tags.join(' ') ? {} : { tags }),
    ...(note === device.note ? {} : { note }),
  }
}
