/** Names differing in more than this share of their letters are not what was meant. */
const DISTANCE_MAX_SHARE = 0.4
const NAME_MAX_CHARS = 80

/** The known name that `name` was most probably meant to be, if any is close. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > NAME_MAX_CHARS) return undefined
  const wanted = name.toLowerCase()
  let nearest: string | undefined
  let least = Infinity
  for (const candidate of known) {
    const other = candidate.toLowerCase()
    const distance = editDistance(wanted, other)
    const allowed = Math.max(
      1,
      Math.floor(Math.max(wanted.length, other.length) * DISTANCE_MAX_SHARE),
    )
    if (distance <= allowed && distance < least) {
      least = distance
      nearest = candidate
    }
  }
  // Someone may have left out or misplaced the group: `prot` for `listen.port`, `loglevel` for `log.level`.
  return nearest ?? known.find((candidate) => candidate.toLowerCase().split('.')[1] === wanted)
}

/** Damerau–Levenshtein (optimal string alignment): a swap of neighbours counts as one mistake. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1]
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1)
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
