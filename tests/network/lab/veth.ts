import type { Namespace } from './namespace.ts'

export interface VethEnd {
  readonly namespace: Namespace
  readonly name: string
}

/**
 * The kernel notices at once that a cable is in when its ends have different numbers, and after a second when they
 * happen to have the same; by itself it would count from 2 in each namespace.
 */
let nextNumber = 1_000

/** A cable between two machines; the kernel looks at it in its own time, and what is sent before that is lost. */
export function addVeth(one: VethEnd, other: VethEnd): void {
  one.namespace.ip(
    `link add ${one.name} index ${nextNumber++} type veth peer name ${other.name} netns ${other.namespace.name}`,
    `link set ${one.name} up`,
  )
  other.namespace.ip(`link set ${other.name} up`)
}
