import { ask, segment } from '../api-client.ts'
import { useAction } from '../parts/action.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import { devices, freshness, isAdmin, network, status } from '../state.ts'
import { visibleString } from '../visible-text.ts'
import { exactly, timeOfDay } from '../words.ts'

export function Header() {
  const current = network.value
  return (
    <header>
      <div class="bar">
        <Wordmark />
        <Freshness />
      </div>
      <div class="title">
        <div>
          <h1>{current === null ? null : <RemoteText text={current.name} />}</h1>
          <p class="summary">
            {status.value === null ? null : <RemoteText text={status.value.summary} max={400} />}
          </p>
          <NetworkSwitch />
        </div>
        {isAdmin.value && devices.value.length > 1 ? (
          <a class="button primary-action" href="#/add">
            Add a device
          </a>
        ) : null}
      </div>
    </header>
  )
}

/** Whether what is on the screen is what is. */
function Freshness() {
  const { kind } = freshness.value
  const words = {
    live: 'Live',
    'catching-up': 'Catching up…',
    stale:
      freshness.value.kind === 'stale'
        ? `Offline since ${timeOfDay(freshness.value.sinceMs)} · may be stale`
        : '',
  }
  const title =
    freshness.value.kind === 'stale'
      ? exactly(freshness.value.sinceMs)
      : 'Changes appear as they happen'
  return (
    <p class={`freshness ${kind}`} role="status" title={title}>
      <span class="dot" aria-hidden="true" />
      {words[kind]}
    </p>
  )
}

function NetworkSwitch() {
  const action = useAction()
  const networks = (status.value?.networks ?? []).filter((item) => item.status === 'active')
  if (networks.length < 2) return null
  const use = (id: string) =>
    action.run(() => ask('POST', `networks/${segment(id)}/use`, {}), 'Network switched.')
  return (
    <label class="switch">
      <span>Network</span>
      <select
        value={network.value?.id ?? ''}
        disabled={action.isBusy}
        onChange={(event) => void use(event.currentTarget.value)}
      >
        {networks.map((item) => (
          <option key={item.id} value={item.id}>
            {visibleString(item.name)}
          </option>
        ))}
      </select>
    </label>
  )
}
