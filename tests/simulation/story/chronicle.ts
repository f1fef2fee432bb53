import type { DeviceId } from '../../../src/identity/device-id.ts'
import type { Role } from '../../../src/trust/role.ts'
import type { InviteId } from '../../../src/trust/trust-operation.ts'
import type { TrustChange } from '../../../src/trust/trust-log.ts'
import type { RecordId, TrustRecord } from '../../../src/trust/trust-record.ts'

export interface Ticket {
  readonly id: InviteId
  readonly by: DeviceId
  readonly role: Role
  readonly expiresAt: number
  readonly guestUntil: number | undefined
}

/** The count in a value that the story wrote: values of one writer are numbered in the order of writing. */
export interface Promised {
  tried: number
  kept: number
}

/** What was done and what was promised to those who did it, as the outside world remembers it. */
export class Chronicle {
  readonly tickets: Ticket[] = []
  /** Everybody that somebody with the right to it admitted, or tried to. */
  readonly admitted = new Set<DeviceId>()
  /** Records whose append was acknowledged. */
  readonly acknowledged: { readonly author: DeviceId; readonly id: RecordId }[] = []
  /** Every record that was ever accepted anywhere. */
  readonly records = new Map<RecordId, TrustRecord>()
  /** Names that a device gave itself: `name-<device>-<count>`. */
  readonly names = new Map<DeviceId, Promised>()
  /** Tags by author and subject: `tag-<author>-<count>`. */
  readonly tags = new Map<
    string,
    Promised & { readonly author: DeviceId; readonly subject: DeviceId }
  >()
  /** Ids of records that were written against the rules. */
  readonly forged = new Set<RecordId>()
  /** Who wrote against the rules: its peers may complain of it. */
  readonly offenders = new Set<DeviceId>()
  /** Devices that no one with the right to it ever admitted. */
  readonly ghosts = new Set<DeviceId>()
  /** Devices whose removal had no effect, or none any more, somewhere at some time: they may have got keys then. */
  readonly takenBack = new Set<DeviceId>()
  readonly counts = new Map<string, number>()

  /** Somebody learned something. */
  take({ before, after, records }: TrustChange): void {
    for (const record of records) {
      this.records.set(record.id, record)
      const { operation } = record
      if (operation.kind === 'revoke' && after.members.has(operation.device))
        this.takenBack.add(operation.device)
    }
    for (const device of before.revocations.keys())
      if (!after.revocations.has(device)) this.takenBack.add(device)
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }
}
