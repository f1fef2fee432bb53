import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Stream } from '@libp2p/interface'
import { LengthPrefixedDecoder } from '@libp2p/utils'
import * as varint from 'uint8-varint'
import { Uint8ArrayList } from 'uint8arraylist'
import { ProtocolError } from '../protocol-error.ts'
import { CHANNEL_FRAME_MAX_BYTES, CHANNEL_READ_PAUSE_BYTES } from './constants.ts'

const LENGTH_MAX_BYTES = varint.encodingLength(CHANNEL_FRAME_MAX_BYTES)

/** Frames handled before everything else that waits in this process gets a turn. */
const TURN_FRAMES = 64

/** An unsigned varint length (multiformats), then the frame. One list, so that it is written at once. */
export function lengthPrefixed(frame: Uint8Array): Uint8ArrayList {
  return new Uint8ArrayList(varint.encode(frame.byteLength), frame)
}

/**
 * Feeds a stream's frames to `onFrame`, one at a time and in order. While a frame is being handled the
 * following ones wait; when too much waits the stream is paused, which stops the sender.
 * A frame above the limit or a failing `onFrame` aborts the stream.
 */
export function readFrames(
  stream: Stream,
  onFrame: (frame: Uint8Array) => void | Promise<void>,
): void {
  const decoder = new LengthPrefixedDecoder({
    maxDataLength: CHANNEL_FRAME_MAX_BYTES,
    lengthDecoder,
    maxBufferSize: stream.maxReadBufferLength + CHANNEL_FRAME_MAX_BYTES,
  })
  const waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isHandling = false
  let handledInARow = 0

  // `pause()` inside a message handler is lost when it happens during `resume()`, so it waits for a microtask.
  const pause = () =>
    queueMicrotask(() => {
      if (waitingBytes > CHANNEL_READ_PAUSE_BYTES && stream.readStatus === 'readable')
        stream.pause()
    })

  const drain = async () => {
    isHandling = true
    try {
      for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
        waitingBytes -= frame.byteLength
        const handled = onFrame(frame)
        if (handled !== undefined) await handled
        // Thousands of small frames fit one packet: the other streams have their turn in between.
        if (++handledInARow % TURN_FRAMES === 0) await nextTurn()
        if (waiting.length === 0 && stream.readStatus === 'paused') stream.resume()
      }
    } catch (err) {
      waiting.length = 0
      stream.abort(err as Error)
    } finally {
      isHandling = false
    }
  }

  stream.addEventListener('message', (event) => {
    try {
      for (const frame of decoder.decode(event.data)) {
        waiting.push(frame.subarray())
        waitingBytes += frame.byteLength
      }
    } catch (err) {
      stream.abort(err as Error)
      return
    }
    if (!isHandling) void drain()
    if (waitingBytes > CHANNEL_READ_PAUSE_BYTES) pause()
  })
}

/** A length that goes on and on is refused as it comes: the library would wait for its end, and keep it. */
function lengthDecoder(data: Uint8ArrayList | Uint8Array): number {
  const head = data.subarray(0, Math.min(LENGTH_MAX_BYTES, data.byteLength))
  if (head.length === LENGTH_MAX_BYTES && head.every((byte) => byte >= 0x80)) {
    throw new ProtocolError('TOO_LARGE', 'a frame whose length has no end')
  }
  return varint.decode(data)
}
