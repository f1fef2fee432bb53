export type AddressSource = 'mdns' | 'dht' | 'record' | 'address-book' | 'manual' | 'ticket'

export type DialResult =
  | 'connected'
  /** The machine answered that nobody listens there. */
  | 'refused'
  | 'timeout'
  /** The network says there is no way: no route, host or network unreachable. */
  | 'unreachable'
  /** Somebody else's key answered. */
  | 'wrong-device'
  /** It answered, but one of the two does not accept the other. */
  | 'denied'
  | 'failed'

export interface DialOutcome {
  readonly outcome: DialResult
  /** For people; bounded when it is kept. */
  readonly detail: string
}

export interface DialAttempt extends DialOutcome {
  readonly address: string
  readonly source: AddressSource
  /** Wall clock. */
  readonly at: number
  readonly durationMs: number
}
