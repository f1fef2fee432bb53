import type { Channel, ChannelReceiver } from '../../../protocols/channel/channel.ts'
import type { DeviceId } from '../../../src/identity/device-id.ts'

/** One protocol of one process over the wire. */
export class WireChannel implements Channel {
  readonly #send: (to: DeviceId, frame: Uint8Array) => boolean
  readonly #open = new Set<DeviceId>()
  #receiver: ChannelReceiver | undefined

  constructor(send: (to: DeviceId, frame: Uint8Array) => boolean) {
    this.#send = send
  }

  peers(): readonly DeviceId[] {
    return [...this.#open]
  }

  send(to: DeviceId, frame: Uint8Array): boolean {
    return this.#open.has(to) && this.#send(to, frame)
  }

  receive(receiver: ChannelReceiver): void {
    this.#receiver = receiver
  }

  take(from: DeviceId, frame: Uint8Array): void | Promise<void> {
    return this.#receiver?.frame(from, frame)
  }

  opened(peer: DeviceId): void {
    if (this.#open.has(peer)) return
    this.#open.add(peer)
    this.#receiver?.opened(peer)
  }

  /** The stream is gone, the connection is not. */
  interrupted(peer: DeviceId): void {
    this.#open.delete(peer)
  }

  closed(peer: DeviceId): void {
    this.#open.delete(peer)
    this.#receiver?.closed(peer)
  }
}
