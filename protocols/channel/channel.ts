/** Base58 peer id (`12D3KooW…`), which for Ed25519 keys contains the public key. */
type PeerIdText = string

/**
 * One protocol's persistent links to every connected *member*: length-prefixed frames, in order per peer,
 * lost only when the connection is lost. Non-members never appear here: the gate stands below.
 */
export interface Channel {
  /** Members to whom frames can be sent now. */
  peers(): readonly PeerIdText[]
  /**
   * Queues one frame. False when the peer is not connected or its queue is full (`CHANNEL_QUEUE_MAX_BYTES`):
   * the frame is then dropped, and the caller's anti-entropy has to make up for it.
   */
  send(to: PeerIdText, frame: Uint8Array): boolean
  /** Sets the one receiver. Until its promise settles no further frame of that peer is read (back-pressure). */
  receive(receiver: ChannelReceiver): void
}

export interface ChannelReceiver {
  frame(from: PeerIdText, frame: Uint8Array): void | Promise<void>
  /** A member became reachable on this channel. */
  opened(peer: PeerIdText): void
  /** A member's last connection is gone. */
  closed(peer: PeerIdText): void
}
