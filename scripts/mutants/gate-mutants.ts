import type { Mutant } from './mutant.ts'

const tests = ['tests/unit/network']
const of = (file: string, name: string, find: string, replace: string): Mutant => ({
  name,
  file: `src/network/${file}`,
  find,
  replace,
  tests,
})

export const gateMutants: readonly Mutant[] = [
  of(
    'gated-registrar.ts',
    'one protocol has no gate',
    'this.#open.has(protocol) ? handler',
    "this.#open.has(protocol) || protocol.includes('ping') ? handler",
  ),
  of(
    'gated-registrar.ts',
    'topologies learn of strangers',
    'this.#gate.isMember(peer.toString()) ? topology.onConnect',
    'true ? topology.onConnect',
  ),
  of(
    'gate.ts',
    'a stream need not wait for the hello',
    'greeting.waiting < WAITING_STREAMS_MAX ? undefined : false',
    'greeting.waiting < WAITING_STREAMS_MAX',
  ),
  of(
    'gate.ts',
    'whoever said hello is let in',
    'await greeting.settled } return this.isMember(peer)',
    'await greeting.settled } return true',
  ),
  of(
    'gate.ts',
    'an expired member is let in',
    'member.until !== null && member.until <= nowMs',
    'false',
  ),
  of(
    'gate.ts',
    'any number of streams may wait for one hello',
    'greeting.waiting < WAITING_STREAMS_MAX',
    'true',
  ),
  of(
    'membership-service.ts',
    'a connection needs no hello from both sides',
    'if (result.isMutual && this.#components.gate.isMember(peer))',
    'if (true)',
  ),
  of(
    'membership-service.ts',
    'a removed member keeps its connections',
    'trust.onChange(() => this.#expel())',
    'trust.onChange(() => undefined)',
  ),
  of(
    'group-keys.ts',
    'any proof shows a member',
    'given.length === expected.length && timingSafeEqual(given, expected)',
    'given.length === expected.length',
  ),
]
