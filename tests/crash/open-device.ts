import { systemClock } from '../../src/clock/system-clock.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import { Replica } from '../../src/replica/replica.ts'
import type { Store } from '../../src/storage/store.ts'
import { TrustLog } from '../../src/trust/trust-log.ts'

/** What a node keeps of a network, opened as it opens it. */
export async function openDevice(
  store: Store,
  key: DeviceKey,
  networkId: string,
): Promise<{ trust: TrustLog; replica: Replica }> {
  const trust = await TrustLog.open({ networkId, store })
  const replica = await Replica.open({
    networkId,
    key,
    store,
    clock: systemClock,
    standingOf: (author) => {
      const member = trust.state.members.get(author)
      return { isMember: member !== undefined, role: member?.role ?? null }
    },
  })
  return { trust, replica }
}
