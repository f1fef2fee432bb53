import type { Machine } from './machine.ts'
import type { SimNode } from './sim-node.ts'

/** A machine with the process that runs on it, if one does. */
export interface Device extends Machine {
  node: SimNode | undefined
}
