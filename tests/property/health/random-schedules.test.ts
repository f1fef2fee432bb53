import { describe, expect, it } from 'vitest'
import { VirtualMesh } from './virtual-mesh.ts'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

describe('a small mesh in five minutes of kills, restarts, pulled cables, loss and stalls', () => {
  it.each(SEEDS)('fails nobody that is well, and heals (seed %i)', async (seed) => {
    const count = 5 + (seed % 6)
    const mesh = await VirtualMesh.of(count, seed)
    await mesh.time.advance(8_000)
    mesh.latencyMs = 0.5 + mesh.random() * 80
    mesh.loss = mesh.random() * 0.05
    const dead = new Set<number>()
    const unplugged = new Set<number>()
    /** Since when a device is beyond reach, by number. */
    const lostSince = new Map<number, number>()
    const pick = (): number => Math.floor(mesh.random() * count)

    mesh.starve(300_000, 1_200, 4_000)
    for (let step = 0; step < 30; step++) {
      const device = pick()
      const chance = mesh.random()
      if (dead.has(device)) {
        await mesh.restart(device)
        dead.delete(device)
        if (!unplugged.has(device)) lostSince.delete(device)
      } else if (unplugged.has(device)) {
        unplugged.delete(device)
        for (let other = 0; other < count; other++) {
          if (other !== device && !unplugged.has(other)) mesh.mend(device, other)
        }
        mesh.node(device).dialler?.dialAll()
        lostSince.delete(device)
      } else if (chance < 0.15 && dead.size < count - 3) {
        mesh.kill(device)
        dead.add(device)
        lostSince.set(device, mesh.time.nowMs)
      } else if (chance < 0.3 && unplugged.size < 2) {
        mesh.cutOff(device)
        unplugged.add(device)
        lostSince.set(device, mesh.time.nowMs)
      }
      const mark = mesh.seen.length
      const startMs = mesh.time.nowMs
      await mesh.time.advance(10_000)
      for (const { observer, change, trueMs } of mesh.seen.slice(mark)) {
        const about = mesh.members.indexOf(change.device)
        if (change.after.state !== 'failed' || unplugged.has(observer) || lostSince.has(about))
          continue
        expect(
          `seed ${seed}: ${observer} failed ${about} ${trueMs - startMs} ms into step ${step}`,
        ).toBe('')
      }
    }

    // Everything is given back; a minute later all is as at the beginning.
    for (let a = 0; a < count; a++) for (let b = 0; b < a; b++) mesh.mend(a, b)
    for (const device of dead) await mesh.restart(device)
    for (const node of mesh.nodes) node.dialler?.dialAll()
    await mesh.time.advance(60_000)
    for (const node of mesh.nodes) {
      expect(node.health.linked()).toHaveLength(count - 1)
      expect(node.topology.groups().groups).toEqual([mesh.members.toSorted()])
    }
    const last = mesh.topologyChanges.filter(
      ({ change }) => change.kind === 'partition' || change.kind === 'healed',
    )
    for (const node of mesh.nodes) {
      const own = last
        .filter(({ observer, change }) => observer === node.index && change.atMs >= node.startedMs)
        .at(-1)
      expect(own?.change.kind ?? 'healed').toBe('healed')
    }
  })
})
