/**
 * The strongly connected components that nothing outside them points at (Tarjan's algorithm, without recursion:
 * the graph may be as deep as a log is long). `pointingAt` gives the nodes that point at a node.
 */
export function sourceComponents(
  nodes: readonly number[],
  pointingAt: (node: number) => Iterable<number>,
): number[][] {
  const places = new Map(nodes.map((node, place) => [node, place]))
  const origins = nodes.map((node) =>
    [...pointingAt(node)].flatMap((origin) => places.get(origin) ?? []),
  )
  // Components are the same with all arrows turned round.
  const component = componentsOf(origins)
  const pointedAt = new Set<number>()
  origins.forEach((from, to) => {
    if (from.some((origin) => component[origin] !== component[to]))
      pointedAt.add(component[to] as number)
  })
  const sources = new Map<number, number[]>()
  nodes.forEach((node, place) => {
    const own = component[place] as number
    if (pointedAt.has(own)) return
    const members = sources.get(own)
    if (members === undefined) sources.set(own, [node])
    else members.push(node)
  })
  return [...sources.values()]
}

/** For each node the number of its component. */
function componentsOf(targets: readonly (readonly number[])[]): number[] {
  const UNSEEN = -1
  const order = targets.map(() => UNSEEN)
  const low = targets.map(() => 0)
  const component = targets.map(() => UNSEEN)
  const open: number[] = []
  let count = 0
  let components = 0
  for (let root = 0; root < targets.length; root++) {
    if (order[root] !== UNSEEN) continue
    const path: { node: number; next: number }[] = []
    const enter = (node: number) => {
      order[node] = low[node] = count++
      open.push(node)
      path.push({ node, next: 0 })
    }
    enter(root)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top
      const target = targets[node]?.[top.next++]
      if (target !== undefined) {
        if (order[target] === UNSEEN) enter(target)
        else if (component[target] === UNSEEN)
          low[node] = Math.min(low[node] as number, order[target] as number)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined)
        low[parent.node] = Math.min(low[parent.node] as number, low[node] as number)
      if (low[node] !== order[node]) continue
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = components
        if (member === node) break
      }
      components++
    }
  }
  return component
}
