import type { Device } from '../../node/api/contract/device.ts'
import type { Identity } from '../../node/api/contract/device.ts'
import type { Topology } from '../../node/api/contract/mesh.ts'
import type { PendingJoin } from '../../node/api/contract/network.ts'

/** Any moment will do, as long as all of the stub agrees on it. */
export const START_MS = Date.UTC(2026, 10, 20, 12, 0, 0)

export const stubIdentity: Identity = {
  ID: '12D3KooWAnaAnaAnaAnaAnaAnaAnaAnaAnaAnaAnaAnaAnaj9eJUqb',
  PublicKey: 'CAESIAna',
  Addresses: ['/ip4/192.168.1.20/tcp/41641'],
  AgentVersion: 'asgard/0.1.0 node/24.21.0',
  Protocols: ['/ipfs/id/1.0.0', '/asgard/join/1.0.0'],
  name: 'ana',
  fingerprint: 'b3f2 91c0 77de 1a04',
  keyProtection: 'none',
}

export function stubDevice(part: Partial<Device> & Pick<Device, 'id' | 'name'>): Device {
  return {
    ownName: part.name,
    isSelf: false,
    kind: 'laptop',
    platform: 'linux/x64',
    version: '0.1.0',
    role: 'member',
    health: 'alive',
    membership: 'member',
    path: {
      kind: 'local',
      transport: 'tcp',
      address: '/ip4/192.168.1.9/tcp/41641',
      rttMs: 2.1,
      loss: 0,
      via: null,
      sinceMs: START_MS - 3_600_000,
    },
    lastSeenAt: START_MS,
    registeredAt: START_MS - 86_400_000,
    admittedUntil: START_MS + 90 * 86_400_000,
    tags: [],
    note: '',
    capabilities: [],
    addresses: ['/ip4/192.168.1.9/tcp/41641'],
    hardware: { cpu: 'Cortex-A76', cores: 4, memoryBytes: 8 * 1024 ** 3 },
    flags: [],
    clockSkewMs: null,
    ...part,
  }
}

/** A small household: the answering laptop, a server, a rented machine, one behind a relay, one that is gone. */
export function stubHousehold(): Device[] {
  return [
    stubDevice({
      id: stubIdentity.ID,
      name: 'ana',
      isSelf: true,
      role: 'owner',
      health: 'self',
      path: null,
    }),
    stubDevice({
      id: '12D3KooWBobBobBobBobBobBobBobBobBobBobBobBobBobBnUas2',
      name: 'bob',
      kind: 'server',
      role: 'admin',
      tags: ['home', 'storage'],
      note: 'In the cupboard under the stairs.',
      capabilities: ['action:backup'],
    }),
    stubDevice({
      id: '12D3KooWCleoCleoCleoCleoCleoCleoCleoCleoCleoCleoCQ2x8',
      name: 'cleo',
      kind: 'vps',
      tags: ['cloud'],
      path: {
        kind: 'direct',
        transport: 'tcp',
        address: '/ip4/203.0.113.7/tcp/41641',
        rttMs: 31,
        loss: 0,
        via: null,
        sinceMs: START_MS - 7_200_000,
      },
    }),
    stubDevice({
      id: '12D3KooWDanDanDanDanDanDanDanDanDanDanDanDanDanDPi4sk',
      name: 'dan',
      kind: 'single-board',
      platform: 'linux/arm64',
      role: 'operator',
      health: 'suspect',
      path: {
        kind: 'relayed',
        transport: 'tcp',
        address: '/ip4/203.0.113.7/tcp/41641/p2p/12D3Cleo/p2p-circuit',
        rttMs: 48.3,
        loss: 0.04,
        via: '12D3KooWCleoCleoCleoCleoCleoCleoCleoCleoCleoCleoCQ2x8',
        sinceMs: START_MS - 600_000,
      },
      flags: [{ code: 'clock-skew', detail: 'its clock is 94 s ahead' }],
      clockSkewMs: 94_000,
    }),
    stubDevice({
      id: '12D3KooWEveEveEveEveEveEveEveEveEveEveEveEveEveENuc71',
      name: 'eve',
      role: 'guest',
      health: 'failed',
      path: null,
      lastSeenAt: START_MS - 7_200_000,
      admittedUntil: START_MS + 2 * 86_400_000,
    }),
  ]
}

export function stubJoin(part: Partial<PendingJoin> = {}): PendingJoin {
  return {
    id: 'join-1',
    device: '12D3KooWFayFayFayFayFayFayFayFayFayFayFayFayFayFTab99',
    name: 'fay',
    platform: 'linux/arm64',
    role: 'member',
    address: '/ip4/192.168.1.77/tcp/50123',
    words: ['copper', 'violin', 'meadow', 'anchor'],
    requestedAt: START_MS - 20_000,
    expiresAt: START_MS + 280_000,
    reason: 'approval',
    ...part,
  }
}

export function stubLink(
  from: string,
  to: string,
  kind: Topology['links'][number]['kind'],
  rttMs: number | null,
  at: number,
): Topology['links'][number] {
  return { from, to, kind, rttMs, loss: 0, at, isStale: false }
}
