import type { Channel, ChannelReceiver } from '../../../protocols/channel/channel.ts'

/** Two ends of a wire in one process: each frame arrives in a later turn, one at a time per direction. */
export class PairChannel implements Channel {
  readonly #self: string
  readonly #peer: string
  #other: PairChannel | undefined
  #receiver: ChannelReceiver | undefined
  #last: Promise<void> = Promise.resolve()
  receivedBytes = 0

  private constructor(self: string, peer: string) {
    this.#self = self
    this.#peer = peer
  }

  static pair(a: string, b: string): readonly [PairChannel, PairChannel] {
    const [one, two] = [new PairChannel(a, b), new PairChannel(b, a)]
    one.#other = two
    two.#other = one
    return [one, two]
  }

  peers(): readonly string[] {
    return [this.#peer]
  }

  send(_to: string, frame: Uint8Array): boolean {
    this.#other?.deliver(this.#self, Uint8Array.from(frame))
    return true
  }

  receive(receiver: ChannelReceiver): void {
    this.#receiver = receiver
  }

  deliver(from: string, frame: Uint8Array): void {
    this.receivedBytes += frame.length
    this.#last = this.#last.then(async () => {
      await this.#receiver?.frame(from, frame)
    })
  }
}
