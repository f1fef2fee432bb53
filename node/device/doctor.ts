import type { z } from 'zod'
import type { Clock } from '../../src/clock/clock.ts'
import type { check, DoctorReport } from '../api/contract/mesh.ts'
import type { NetworkMember } from './network-member.ts'
import { SKEW_SHOWN_MS } from './network-view.ts'

type Check = z.infer<typeof check>

/** A loop that is late by more than this makes devices look dead. */
const LOOP_LAG_MS = 200

/** What a running node can say about itself. The command line adds what it can see without one. */
export async function doctor(
  member: NetworkMember | undefined,
  clock: Clock,
): Promise<DoctorReport> {
  const checks: Check[] = [await loopCheck(clock)]
  if (member === undefined) {
    checks.push({
      id: 'network',
      outcome: 'warning',
      text: 'in no network',
      fix: 'asgard init   or   asgard join',
    })
  } else {
    checks.push(...listenChecks(member), ...clockChecks(member), ...deviceChecks(member))
  }
  return {
    checks,
    findings: checks.filter(({ outcome }) => outcome === 'warning' || outcome === 'failed').length,
  }
}

async function loopCheck(clock: Clock): Promise<Check> {
  const startedMs = clock.monotonic()
  await new Promise<void>((resolve) => clock.after(0, resolve))
  const lagMs = clock.monotonic() - startedMs
  const memoryMb = Math.round(process.memoryUsage().rss / 1e6)
  const text = `running, ${memoryMb} MB, loop lag ${lagMs.toFixed(0)} ms`
  return lagMs < LOOP_LAG_MS
    ? { id: 'daemon', outcome: 'ok', text }
    : {
        id: 'daemon',
        outcome: 'warning',
        text,
        fix: 'the machine is overloaded: see what else runs, with top',
      }
}

function listenChecks({ mesh }: NetworkMember): Check[] {
  const addresses = mesh.addresses()
  const port = addresses.find((address) => address.includes('/tcp/'))?.match(/\/tcp\/(\d+)/)?.[1]
  if (addresses.length === 0) {
    return [
      {
        id: 'listen',
        outcome: 'failed',
        text: 'listens on no address, so nobody can connect',
        fix: 'asgard config get listen.addresses',
      },
    ]
  }
  return [
    {
      id: 'listen',
      outcome: 'ok',
      text: `listens on port ${port ?? 'unknown'}, ${addresses.length} addresses`,
    },
  ]
}

function clockChecks({ mesh, backend }: NetworkMember): Check[] {
  const skews = mesh.links
    .peers()
    .flatMap((peer) => {
      const skew = mesh.health.skewOf(peer)
      return skew === undefined ? [] : [{ name: backend.view.name(peer), offsetMs: skew.offsetMs }]
    })
    .toSorted((a, b) => Math.abs(b.offsetMs) - Math.abs(a.offsetMs))
  const worst = skews[0]
  if (worst === undefined)
    return [{ id: 'clock', outcome: 'skipped', text: 'no other device to compare the clock with' }]
  const text = `${worst.name} differs by ${Math.round(worst.offsetMs)} ms`
  return Math.abs(worst.offsetMs) < SKEW_SHOWN_MS
    ? [{ id: 'clock', outcome: 'ok', text }]
    : [
        {
          id: 'clock',
          outcome: 'warning',
          text,
          fix: 'timedatectl set-ntp true   on the device that is wrong',
        },
      ]
}

function deviceChecks({ mesh, backend }: NetworkMember): Check[] {
  const devices = backend.view.devices().filter((device) => device.role !== null && !device.isSelf)
  const gone = devices.filter((device) => device.health !== 'alive')
  const checks: Check[] = gone.map((device) => ({
    id: `device:${device.id}`,
    outcome: 'warning',
    text: `${device.name} is ${device.health}`,
    fix: `asgard path ${device.name}`,
  }))
  if (gone.length === 0 && devices.length > 0) {
    checks.push({
      id: 'devices',
      outcome: 'ok',
      text: `all ${devices.length} other devices are here`,
    })
  }
  for (const warning of backend.view.warnings()) {
    checks.push({ id: warning.code, outcome: 'warning', text: warning.text, fix: warning.fix })
  }
  if (mesh.trust.quarantined.length > 0) {
    checks.push({
      id: 'trust-log',
      outcome: 'warning',
      text: `${mesh.trust.quarantined.length} trust records on this disk are damaged`,
      fix: 'they are fetched again from the other devices; check the disk',
    })
  }
  return checks
}
