import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commitmentTo, proofBytes, wordsBytes } from '../../protocols/join/transcript.ts'
import { confirmationWords } from '../../src/identity/confirmation-words.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { networkIdOf } from '../../src/identity/network-id.ts'
import { commitmentOf, GroupKeys } from '../../src/network/group-keys.ts'
import { inviteIdOf, inviteKeyOf } from '../../src/network/invite-key.ts'
import { ticketText } from '../../src/network/ticket.ts'
import { clientIdOf } from '../../src/replica/client-id.ts'
import { bucketOf, Digest } from '../../src/replica/digest.ts'
import { NO_HASH, sha256Hex, signEnvelope } from '../../src/replica/envelope.ts'
import { emptyHead } from '../../src/replica/head.ts'
import { ReplicaDocument } from '../../src/replica/replica-document.ts'
import { openRecord, sealRecord } from '../../src/trust/trust-record.ts'
import { MemoryStore } from '../support/memory-store.ts'

const filled = (byte: number, bytes = 32) => new Uint8Array(bytes).fill(byte)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const [networkKey, ana, bob] = [1, 2, 3].map((byte) => DeviceKey.fromSeed(filled(byte))) as [
  DeviceKey,
  DeviceKey,
  DeviceKey,
]
const network = networkIdOf(networkKey.publicKey)
const AT_MS = 1_800_000_000_000
const nonces = { bob: filled(4), ana: filled(5) }

type Example = Readonly<Record<string, string>>

/** Each indented block after "## Examples": what stands behind each label, lines put together. */
function examples(): Example[] {
  const [, text = ''] = readFileSync('protocols/channel/README.md', 'utf8').split('\n## Examples\n')
  return text.split(/\n(?! {4})/).flatMap((paragraph) => {
    const block: Record<string, string> = {}
    let label = ''
    for (const line of paragraph.split('\n').filter((each) => each.startsWith('    '))) {
      const [, name, value = ''] = /^ {4}(\S+(?: id)?) +(.+)$/.exec(line) ?? []
      if (name !== undefined) label = name
      block[label] = (block[label] ?? '') + (name === undefined ? line.trim() : value)
    }
    return Object.keys(block).length === 0 ? [] : [block]
  })
}

function names(): Example {
  return {
    network: hex(networkKey.publicKey) + network,
    ana: hex(ana.publicKey) + ana.id,
    bob: bob.id,
  }
}

function genesis(): Example {
  const operation = { kind: 'genesis', name: 'home', owner: ana.id, ownerName: 'ana' } as const
  const unsigned = { network, seq: 1, prev: null, heads: [], timeMs: AT_MS, operation }
  const bytes = sealRecord(unsigned, networkKey)
  return { '': hex(bytes), id: openRecord(bytes).record.id }
}

function join(): Example {
  const secret = filled(9, 16)
  const ticket = {
    networkId: network,
    inviter: ana.id,
    addresses: ['/ip4/192.168.1.20/tcp/41641'],
    expiresAt: AT_MS + 900_000,
    role: 'member',
    approve: false,
    secret,
  } as const
  const transcript = {
    network: networkKey.publicKey,
    joiner: bob.publicKey,
    admitter: ana.publicKey,
    joinerNonce: nonces.bob,
    admitterNonce: nonces.ana,
  }
  return {
    ticket: ticketText(ticket),
    'invite id': inviteIdOf(network, secret),
    'commitm.': hex(commitmentTo(nonces.bob)),
    signature: hex(inviteKeyOf(network, secret).sign(proofBytes(transcript))),
    words: confirmationWords(wordsBytes(transcript)).join(' '),
  }
}

async function groupKey(): Promise<Example> {
  const keys = await GroupKeys.open(new MemoryStore())
  await keys.add(filled(6))
  const commitment = commitmentOf(filled(6))
  const proof = {
    prover: bob.id,
    verifier: ana.id,
    proverNonce: nonces.bob,
    verifierNonce: nonces.ana,
  }
  return { 'commitm.': hex(commitment), mac: hex(keys.prove(commitment, proof)) }
}

function snapshot(): Example {
  const place = {
    network: networkKey.publicKey,
    document: 'device',
    author: ana.publicKey,
    incarnation: 1,
  }
  const client = clientIdOf(place)
  const document = ReplicaDocument.empty(client)
  document.apply(document.updateOf((root) => root.set('ownName', 'ana')) ?? filled(0, 0))
  const { value, text } = document.read()
  const envelope = signEnvelope(
    {
      ...place,
      seq: 1,
      prev: Buffer.from(NO_HASH, 'hex'),
      kind: 'snapshot',
      clockFrom: 0,
      clockTo: document.clock,
      update: document.snapshot(),
      timeMs: AT_MS,
      stateHash: Buffer.from(sha256Hex(text), 'hex'),
    },
    ana,
  )
  const head = { ...emptyHead(1), seq: 1, hash: envelope.hash, value }
  const roots = [[{ id: envelope.id, head }], []].map((entries) => hex(new Digest(entries).root))
  return {
    client: `${client}`,
    envelope: hex(envelope.bytes),
    hash: envelope.hash,
    bucket: `${bucketOf(envelope.id)}`,
    root: `${roots[0]} with this document alone,${roots[1]} with none`,
  }
}

describe('the examples for other implementations', () => {
  it('are what this one writes', async () => {
    expect(examples()).toEqual([names(), genesis(), join(), await groupKey(), snapshot()])
  })
})
