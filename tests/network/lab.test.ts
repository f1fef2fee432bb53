import { describe, expect, it } from 'vitest'
import { Lab } from '../support/lab.ts'
import { missingForNetwork } from '../support/machine.ts'
import { must, run } from '../support/processes.ts'

const missing = missingForNetwork()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab: ${missing}`)

/** A refused connection is an answer too: nothing listens there, but the packet went both ways. */
const isHeard = async (from: string, to: string): Promise<boolean> => {
  const probe = `
    const socket = require('node:net').connect(9, '${to}')
    socket.on('error', (error) => process.exit(error.code === 'ECONNREFUSED' ? 0 : 1))
    socket.setTimeout(700, () => process.exit(1))`
  const { code } = await run(['ip', 'netns', 'exec', from, process.execPath, '-e', probe])
  return code === 0
}

describe.skipIf(missing !== undefined)('the lab itself', () => {
  it('joins its hosts, parts them, pulls a cable, and leaves nothing behind', async () => {
    const namespaces: string[] = []
    {
      await using lab = new Lab(['ana', 'bob', 'cleo'])
      const [ana, bob, cleo] = lab.hosts as [Lab['hosts'][0], Lab['hosts'][0], Lab['hosts'][0]]
      namespaces.push(ana.namespace, bob.namespace, cleo.namespace)
      expect(await isHeard(ana.namespace, bob.address)).toBe(true)
      lab.partition(['ana', 'bob'], ['cleo'])
      expect(await isHeard(ana.namespace, bob.address)).toBe(true)
      expect(await isHeard(ana.namespace, cleo.address)).toBe(false)
      lab.heal()
      expect(await isHeard(ana.namespace, cleo.address)).toBe(true)
      cleo.linkDown()
      expect(await isHeard(ana.namespace, cleo.address)).toBe(false)
      cleo.linkUp()
      expect(await isHeard(ana.namespace, cleo.address)).toBe(true)
    }
    const left = must('ip', 'netns', 'list')
    for (const namespace of namespaces) expect(left).not.toContain(namespace)
  })
})
