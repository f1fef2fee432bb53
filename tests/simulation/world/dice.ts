import { seededRandom } from '../../support/manual-clock.ts'

/** Chance with a seed. Give each concern its own dice, so that one more throw here changes nothing there. */
export class Dice {
  readonly #next: () => number

  constructor(seed: number, concern: number) {
    this.#next = seededRandom(
      (Math.imul(seed, 0x9e3779b1) ^ Math.imul(concern + 1, 0x85ebca6b)) >>> 0,
    )
    this.#next()
  }

  /** In [0, 1). */
  readonly throw = (): number => this.#next()

  chance(probability: number): boolean {
    return this.#next() < probability
  }

  between(from: number, to: number): number {
    return from + this.#next() * (to - from)
  }

  /** An integer in [from, to]. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1))
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#next() * items.length)]
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, at: this.#next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(this.#next() * 256))
  }
}
