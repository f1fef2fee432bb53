import { CommandChip } from '../parts/command-chip.tsx'
import { route } from '../route.ts'
import { devices } from '../state.ts'
import { AddDevice } from './add-device.tsx'
import { DeviceList } from './device-list.tsx'
import { DeviceSheet } from './device-sheet.tsx'
import { Header } from './header.tsx'
import { Links } from './links.tsx'
import { PendingJoins } from './pending-joins.tsx'
import { RecentEvents } from './recent-events.tsx'
import { Removals } from './removals.tsx'
import { Warnings } from './warnings.tsx'

/** The whole network on one screen. */
export function Overview() {
  const shown = route.value
  return (
    <>
      <Header />
      <main class="overview">
        <div class="primary">
          <PendingJoins />
          <Warnings />
          <DeviceList />
          {devices.value.length < 2 ? <Alone /> : <Links />}
          <Removals />
        </div>
        <RecentEvents />
      </main>
      <footer>
        <CommandChip command="asgard status" />
      </footer>
      {shown.kind === 'add' ? <AddDevice /> : null}
      {shown.kind === 'device' ? <DeviceSheet key={shown.id} id={shown.id} /> : null}
    </>
  )
}

function Alone() {
  return (
    <section class="panel alone">
      <h2>One device is not yet a network</h2>
      <p>Take another one of yours, install Asgard there, and let it in with a ticket.</p>
      <a class="button primary-action" href="#/add">
        Add a device
      </a>
    </section>
  )
}
