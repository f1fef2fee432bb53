import { computed, signal } from '@preact/signals'
import type { Event, Status, Topology } from '../node/api/contract/mesh.ts'
import type { Revocation } from '../node/api/contract/network.ts'

/** Why there is nothing to see, or `in`. `link`: the launch link was used or too old. `ended`: the session is over. */
export type SignIn = 'starting' | 'in' | 'none' | 'link' | 'ended' | 'unreachable'

/** How far what is on the screen can be trusted. */
export type Freshness =
  | { readonly kind: 'live' }
  | { readonly kind: 'catching-up' }
  | { readonly kind: 'stale'; readonly sinceMs: number }

export const signIn = signal<SignIn>('starting')
export const status = signal<Status | null>(null)
export const topology = signal<Topology | null>(null)
export const revocations = signal<readonly Revocation[]>([])
/** Newest first. */
export const recentEvents = signal<readonly Event[]>([])
export const freshness = signal<Freshness>({ kind: 'catching-up' })
/** Moves every few seconds, for "2 min ago". */
export const nowMs = signal(Date.now())
/** What a screen reader is told; replaced, never queued. */
export const announcement = signal('')

export const network = computed(() => status.value?.network ?? null)
export const devices = computed(() => status.value?.devices ?? [])
/** May this device admit, invite and revoke? The node decides again; this only spares people a refusal. */
export const isAdmin = computed(
  () => network.value?.role === 'owner' || network.value?.role === 'admin',
)
export const isOperator = computed(() => isAdmin.value || network.value?.role === 'operator')

export function deviceNamed(id: string): string {
  return devices.value.find((device) => device.id === id)?.name ?? shortId(id)
}

/** Peer ids of one kind begin alike, so they are told apart by their end. */
export function shortId(id: string): string {
  return id.length > 9 ? `…${id.slice(-7)}` : id
}
