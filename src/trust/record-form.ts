import type { CanonicalShape } from '../../protocols/canonical-form.ts'

/**
 * Numbers of operations, those to come included: of several in one record a decoder that knows both takes one, and
 * one that knows only the other takes that.
 */
const OPERATIONS = [10, 99] as const

/** `TrustRecordBody` of proto/trust.proto. */
export const RECORD_FORM: CanonicalShape = {
  oneof: OPERATIONS,
  fields: {
    1: 'bytes', // network
    2: 'bytes', // author
    3: 'uint64', // seq
    4: 'bytes', // prev
    5: 'list', // heads
    6: 'uint64', // time_ms
    10: { fields: { 1: 'text', 2: 'bytes', 3: 'text' } }, // genesis
    11: { fields: { 1: 'bytes', 2: 'uint32', 3: 'uint64', 4: 'bytes', 5: 'text' } }, // admit
    12: { fields: { 1: 'bytes', 2: 'uint32', 3: 'uint64' } }, // role
    13: { fields: { 1: 'bytes', 2: 'text' } }, // revoke
    14: { fields: {} }, // leave
    15: {
      fields: { 1: 'bytes', 2: 'uint32', 3: 'uint64', 4: 'uint32', 5: 'flag', 6: 'uint64' },
    }, // invite
    16: { fields: { 1: 'bytes' } }, // cancel
    17: { fields: { 1: 'list', 2: 'uint64' } }, // renew
    18: { fields: { 1: 'text' } }, // rename
    19: { fields: { 1: 'bytes' } }, // rekey
  },
}
