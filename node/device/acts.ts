import { RegistryError } from '../../src/registry/registry-error.ts'
import { ReplicaError } from '../../src/replica/replica-error.ts'
import { TrustError, type TrustErrorCode } from '../../src/trust/trust-error.ts'
import type { TrustOperation } from '../../src/trust/trust-operation.ts'
import { ApiError, type ApiErrorCode } from '../api/api-error.ts'
import type { Mesh } from '../mesh/mesh.ts'

const API_CODES: Partial<Record<TrustErrorCode, readonly [ApiErrorCode, string?]>> = {
  NOT_PERMITTED: ['NOT_PERMITTED', 'Ask an owner or admin: asgard device ls'],
  NOT_MEMBER: ['NOT_PERMITTED', 'This device is not a member any more: asgard network ls'],
  EXPIRED: ['NOT_PERMITTED', 'Ask an admin to run: asgard device approve'],
  LAST_OWNER: ['LAST_OWNER', 'Make another device owner first: asgard device role NAME owner'],
  UNKNOWN_DEVICE: ['DEVICE_UNKNOWN', 'See the devices: asgard device ls'],
  ALREADY_MEMBER: ['CONFLICT'],
  REVOKED: ['CONFLICT', 'Only an owner can let a removed device back in'],
  INVITE_UNKNOWN: ['INVITE_UNKNOWN'],
}

/** What this device does in its network's name, with refusals in the API's words. */
export class Acts {
  readonly #mesh: Mesh

  constructor(mesh: Mesh) {
    this.#mesh = mesh
  }

  async append(operation: TrustOperation): Promise<void> {
    const { trust, key, time } = this.#mesh
    await this.translated(() => trust.append(operation, key, time.now()))
  }

  async translated(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (err) {
      if (err instanceof TrustError) {
        const [code, hint] = API_CODES[err.code] ?? ['BAD_REQUEST']
        throw new ApiError(code, err.message, hint, { cause: err })
      }
      if (err instanceof RegistryError && err.code === 'OUTRANKED') {
        throw new ApiError('NOT_PERMITTED', err.message, undefined, { cause: err })
      }
      if (err instanceof ReplicaError && err.code === 'NOT_PERMITTED') {
        throw new ApiError('NOT_PERMITTED', err.message, undefined, { cause: err })
      }
      throw err
    }
  }
}
