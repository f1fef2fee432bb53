import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { announcement, network, signIn } from './state.ts'
import { FirstRun } from './views/first-run.tsx'
import { Overview } from './views/overview.tsx'
import { SignedOut } from './views/signed-out.tsx'
import { visibleString } from './visible-text.ts'

const isWithoutNetwork = computed(() => network.value === null || network.value.status !== 'active')

export function Page() {
  const name = network.value?.name
  useEffect(() => {
    document.title = name === undefined ? 'Asgard' : `${visibleString(name)} · Asgard`
  }, [name])
  return (
    <>
      <div class="bridge" aria-hidden="true" />
      <Screen />
      <p class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </p>
    </>
  )
}

function Screen() {
  if (signIn.value === 'starting') {
    return (
      <main class="quiet" aria-busy="true">
        <p>Asking this device’s node…</p>
      </main>
    )
  }
  if (signIn.value !== 'in') return <SignedOut reason={signIn.value} />
  return isWithoutNetwork.value ? <FirstRun /> : <Overview />
}
