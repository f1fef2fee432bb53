import { useSignal } from '@preact/signals'
import type { Network } from '../../node/api/contract/network.ts'
import { ask } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import { status } from '../state.ts'
import { argument } from '../words.ts'
import { JoinCard } from './join-card.tsx'

/** No network yet: make one, or join one. */
export function FirstRun() {
  const former = status.value?.network
  return (
    <main class="first-run">
      <Wordmark />
      <h1>Bring your devices together</h1>
      <p class="lead">
        Your laptop, the box under the stairs, a rented server: one private network of your own,
        without a server in between and without an account.
      </p>
      {former === null || former === undefined ? null : <Former network={former} />}
      <div class="cards">
        <CreateCard />
        <JoinCard />
      </div>
    </main>
  )
}

/** What became of the network that this device last belonged to. */
function Former({ network }: { network: Network }) {
  const name = <RemoteText text={network.name} max={64} />
  if (network.status === 'removed') {
    return <p class="failure">This device was removed from {name} by one of its admins.</p>
  }
  if (network.status === 'joining') {
    return <p class="advice">This device waits to be let into {name}.</p>
  }
  return null
}

function CreateCard() {
  const name = useSignal('home')
  const deviceName = useSignal(status.value?.identity.name ?? '')
  const action = useAction()
  const own = deviceName.value.trim()
  const create = () =>
    action.run(async () => {
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
        <CommandChip
          command={`asgard init${own === '' ? '' : ` ${argument(own, 'DEVICE')}`} --as ${argument(name.value, 'NETWORK')}`}
        />
      </div>
    </form>
  )
}
