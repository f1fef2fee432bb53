import { DockerHost } from './docker-host.ts'
import type { Host } from './host.ts'
import type { Lab } from './lab.ts'
import type { RouterOptions } from './router-kind.ts'
import type { Router } from './router.ts'

/** A machine somewhere in the world, and the routers between it and the internet, the nearest first. */
export interface Site {
  readonly kind: SiteKind
  readonly host: Host
  readonly routers: readonly Router[]
}

const behind =
  (options: RouterOptions) =>
  async (lab: Lab, name: string, { lan }: SiteOptions): Promise<Omit<Site, 'kind'>> => {
    const router = await lab.router(`${name}-router`, { ...options, ...(lan && { lan }) })
    return { host: router.host(name), routers: [router] }
  }

export interface SiteOptions {
  /** The first three numbers of the home's addresses, for homes that have the same. */
  readonly lan?: string
}

/** Where a device can be, as far as reaching it is concerned. */
const sites = {
  public: (lab: Lab, name: string) => Promise.resolve({ host: lab.host(name), routers: [] }),
  'full-cone': behind({ ipv4: 'full-cone' }),
  'restricted-cone': behind({ ipv4: 'restricted-cone' }),
  'port-restricted-cone': behind({ ipv4: 'port-restricted-cone' }),
  symmetric: behind({ ipv4: 'symmetric' }),
  'udp-blocked': behind({ ipv4: 'udp-blocked' }),
  'tcp-443-only': behind({ ipv4: 'tcp-443-only' }),
  'double-nat': doubleNat,
  upnp: behind({ ipv4: 'upnp' }),
  'ipv6-firewall': behind({ ipv4: 'none', ipv6: 'firewall' }),
  docker: inContainer,
} as const

export type SiteKind = keyof typeof sites

export const SITE_KINDS = Object.keys(sites) as readonly SiteKind[]

export async function makeSite(
  lab: Lab,
  kind: SiteKind,
  name: string,
  options: SiteOptions = {},
): Promise<Site> {
  return { kind, ...(await sites[kind](lab, name, options)) }
}

/** A home router behind a provider that shares one address among its customers. */
async function doubleNat(
  lab: Lab,
  name: string,
  { lan }: SiteOptions,
): Promise<Omit<Site, 'kind'>> {
  const provider = await lab.router(`${name}-provider`, { ipv4: 'full-cone', lan: '100.64.0' })
  const home = await provider.router(`${name}-router`, { ...(lan && { lan }) })
  return { host: home.host(name), routers: [home, provider] }
}

async function inContainer(
  lab: Lab,
  name: string,
  { lan }: SiteOptions,
): Promise<Omit<Site, 'kind'>> {
  const router = await lab.router(`${name}-router`, { ...(lan && { lan }) })
  const docker = new DockerHost(`${name}-docker`, router.lan)
  return { host: docker.container(name), routers: [router] }
}
