import { endpointIndependent } from './endpoint-independent.ts'
import type { NatKind } from './nat-kind.ts'

/** Endpoint-independent mapping and filtering: whoever knows the port of a socket that wrote to anybody gets in. */
export const fullCone: NatKind = {
  translation: (timeoutS) => endpointIndependent(timeoutS, { sets: '', learn: '', filter: '' }),
  outgoing: 'accept',
}
