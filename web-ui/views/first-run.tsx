import { useSignal } from '@preact/signals'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import { status } from '../state.ts'
import { argument } from '../words.ts'
import { JoinCard } from './join-card.tsx'

/** No network yet: make one, or join one. */
export function FirstRun() {
  const former = status.value?.network?.status
  return (
    <main class="first-run">
      <Wordmark />
      <h1>Bring your devices together</h1>
      <p class="lead">
        Your laptop, the box under the stairs, a rented server: one private network of your own,
        without a server in between and without an account.
      </p>
      {former === 'removed' ? (
        <p class="failure">This device was removed from its network by one of its admins.</p>
      ) : null}
      <div class="cards">
        <CreateCard />
        <JoinCard />
      </div>
    </main>
  )
}

function CreateCard() {
  const name = useSignal('home')
  const deviceName = useSignal(status.value?.identity.name ?? '')
  const action = useAction()
  const create = () =>
    action.run(async () => {
      const own = deviceName.value.trim()
      await ask('POST', 'networks', {
        name: name.value,
        ...(own === '' ? {} : { deviceName: own }),
      })
    }, 'The network was made.')
  return (
    <form
      class="panel form"
      aria-labelledby="create"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <h2 id="create">Create a network</h2>
      <p>This is your first device. You will own the network and let others in.</p>
      <label class="field">
        <span>Name of the network</span>
        <input
          required
          maxLength={63}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
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
      <ActionError action={action} />
      <div class="form-end">
        <button type="submit" class="button primary-action" disabled={action.isBusy}>
          Create
        </button>
        <CommandChip command={`asgard init ${argument(name.value, 'NAME')}`} />
      </div>
    </form>
  )
}
