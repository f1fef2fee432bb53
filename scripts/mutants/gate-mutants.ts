import type { Mutant } from './mutant.ts'

const tests = ['tests/unit/network']
const of = (file: string, name: string, find: string, replace: string): Mutant => ({
  name,
  file: `src/network/${file}`,
  find,
  replace,
  tests,
})

const membership = (name: string, find: string, replace: string): Mutant => ({
  ...of('membership-service.ts', name, find, replace),
  tests: ['tests/unit/network/membership-service.test.ts'],
})

const hello = (name: string, find: string, replace: string): Mutant => ({
  name,
  file: 'protocols/hello/exchange.ts',
  find,
  replace,
  tests: ['tests/contract/hello-exchange.test.ts'],
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
    'trust.onChange((change) => this.#expel(change.records))',
    'trust.onChange(() => undefined)',
  ),
  of(
    'group-keys.ts',
    'any proof shows a member',
    'given.length === MAC_BYTES && timingSafeEqual(given, mac(key, proof))',
    'given.length === MAC_BYTES',
  ),
  of(
    'gated-registrar.ts',
    'what waits for a hello is read meanwhile',
    "if (stream.readStatus === 'readable') stream.pause()",
    '',
  ),
  of(
    'gate.ts',
    'a removal is no reason where an admission is known',
    "if (state.revocations.has(device)) return { accepts: false, refusal: 'revoked' }",
    '',
  ),
  membership(
    'a connection counts without a hello',
    'const result = await exchangeHello(stream,',
    'this.#components.links.add(connection); const result = await exchangeHello(stream,',
  ),
  membership(
    'a removed member stays connected',
    'if (standing.accepts) continue',
    'if (true) continue',
  ),
  membership(
    'a removed member stays connected until it says hello',
    "if (!this.#isLinked(connection) && standing.refusal !== 'revoked') continue",
    'if (!this.#isLinked(connection)) continue',
  ),
  membership(
    'nobody looks whether admissions end',
    'clock.every(EXPIRY_CHECK_MS, () => this.#expel())',
    'clock.every(EXPIRY_CHECK_MS, () => undefined)',
  ),
  membership(
    'a stranger that says nothing is kept',
    'else this.#drop(connection) }),',
    'else void connection }),',
  ),
  membership(
    'a stranger that was there first is kept',
    "if (connection.direction === 'inbound') this.opened(connection)",
    'void connection',
  ),
  membership(
    'any number of strangers may come',
    'if (this.#strangerCount() >= STRANGER_CONNECTIONS_MAX) {',
    'if (false) {',
  ),
  membership(
    'a join that is over keeps its connection',
    'else if (this.#overdue.has(connection)) this.#drop(connection)',
    '',
  ),
  membership(
    'any member sets the clock',
    "if (role === 'owner' || role === 'admin') time.witness(peer, theirMs)",
    'time.witness(peer, theirMs)',
  ),
  of('group-keys.ts', 'a proof may be passed on to another device', '\\0${proof.verifier}', ''),
  of('group-keys.ts', 'a proof may be played again', '.update(proof.verifierNonce)', ''),
  of(
    'group-keys.ts',
    'keys of any length are kept',
    'if (key.length !== KEY_BYTES || this.#keys.has(commitment)) return',
    'if (this.#keys.has(commitment)) return',
  ),
  of(
    'group-keys.ts',
    'forgotten keys stay on disk',
    'await this.#store.commit(gone.map((commitment) => ({ delete: PREFIX + commitment })))',
    '',
  ),
  of(
    'join-rules.ts',
    'a ticket of another network is taken',
    'if (facts.network !== state.networkId)',
    'if (false)',
  ),
  of(
    'join-rules.ts',
    'cancelled tickets are taken',
    "case 'cancelled':",
    "case 'cancelled': break",
  ),
  of(
    'join-rules.ts',
    'tickets of removed admins are taken',
    "case 'closed':",
    "case 'closed': break",
  ),
  of(
    'join-rules.ts',
    'a device under review gets in by another try',
    'if (state.reviews.has(facts.joiner))',
    'if (false)',
  ),
  of(
    'join-rules.ts',
    'any ticket repeats an admission',
    'if (member.invite === facts.invite) return',
    'return',
  ),
  hello(
    'records are shown without a group key',
    'if (!policy.verifies(proof.mac, nonce, opened.nonce)) return { isMutual: false, own, theirs }',
    '',
  ),
  hello(
    'a removed device goes on talking',
    'if (isSettled(own) || isSettled(theirs)) return { isMutual: false, own, theirs }',
    '',
  ),
  hello(
    'records that do not hold count',
    "own = isValid ? policy.standing() : { accepts: false, refusal: 'bad-records' }",
    'own = policy.standing()',
  ),
]
