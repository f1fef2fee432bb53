import { Host, type HostSegment } from './host.ts'
import { LabError } from './lab-error.ts'
import type { LabScope } from './lab-scope.ts'
import { Link, type Addresses, type LinkSegment } from './link.ts'
import type { Namespace, Settings } from './namespace.ts'

/** Networks of one size each: /24 and /64. */
export interface SegmentRange {
  /** The first three numbers. */
  readonly ipv4?: string
  /** The first four groups. */
  readonly ipv6?: string
}

/** Who passes on what leaves a segment, and takes what is for it. */
export interface Gateway {
  readonly namespace: Namespace
  /** Its interface on the segment. */
  readonly interface: string
  /** Its own way on, towards the internet. */
  readonly uplink?: Uplink
}

export interface Uplink {
  readonly link: Link
  readonly segment: Segment
}

/** The gateway's number in each network. */
const GATEWAY = 1
const FIRST_HOST = 10

/** A switch and what is plugged into it; the switch has a namespace of its own and no address. */
export class Segment implements LinkSegment, HostSegment {
  readonly scope: LabScope
  readonly switch: Namespace
  readonly #links = new Set<Link>()
  #range: SegmentRange
  #gateway: Gateway | undefined
  #ports = 0
  #nextHost = FIRST_HOST

  constructor(scope: LabScope, name: string, range: SegmentRange, settings: Settings = {}) {
    this.scope = scope
    this.#range = range
    // A switch says nothing of itself.
    const quiet = { 'ipv6/conf/default/disable_ipv6': 1 }
    this.switch = scope.namespace(`${name}-switch`, { ...quiet, ...settings })
    this.switch.ip(
      // Its own address, or it would take that of any port and change it with the next one. Multicast snooping without
      // a querier drops what mDNS needs after some minutes.
      'link add br0 address 02:00:00:00:00:01 type bridge mcast_snooping 0 forward_delay 0',
      'link set br0 up',
    )
  }

  /** Plugs in a host, which gets the next address, and a default route when there is a gateway. */
  attach(namespace: Namespace, name: string): Link {
    return this.#plugIn(namespace, name, this.nextAddress())
  }

  attachGateway(namespace: Namespace, name: string, uplink?: Uplink): Link {
    const link = this.#plugIn(namespace, name, GATEWAY)
    this.gateway = { namespace, interface: name, ...(uplink === undefined ? {} : { uplink }) }
    return link
  }

  /** A machine that is plugged in here. */
  host(name: string): Host {
    return new Host(name, this)
  }

  detach(link: Link): void {
    this.#links.delete(link)
    link.remove()
  }

  set gateway(gateway: Gateway) {
    this.#gateway = gateway
  }

  /** Numbers are never given twice: an old address is nobody's. */
  nextAddress(): number {
    if (this.#nextHost > 254) throw new LabError(`${this.switch.name} has no address left`)
    return this.#nextHost++
  }

  nextPort(): string {
    return `p${this.#ports++}`
  }

  address(number: number): Addresses {
    const { ipv4, ipv6 } = this.#range
    return {
      ipv4: ipv4 === undefined ? undefined : `${ipv4}.${number}`,
      ipv6: ipv6 === undefined ? undefined : `${ipv6}::${number.toString(16)}`,
    }
  }

  /** What a machine of that number sends elsewhere goes to the gateway; multicast stays here where there is none. */
  routes(number: number): readonly string[] {
    if (number === GATEWAY) return []
    if (this.#gateway === undefined) return ['224.0.0.0/4']
    const { ipv4, ipv6 } = this.address(GATEWAY)
    return [ipv4, ipv6].flatMap((via) => (via === undefined ? [] : [`default via ${via}`]))
  }

  /** Tells every gateway up to the internet that `ipv6`/64 lies behind `link`, which is on this segment. */
  route(ipv6: string, link: Link): void {
    const gateway = this.#gateway
    gateway?.namespace.ip(`route replace ${ipv6}::/64 via ${link.ipv6} dev ${gateway.interface}`)
    gateway?.uplink?.segment.route(ipv6, gateway.uplink.link)
  }

  unroute(ipv6: string): void {
    this.#gateway?.namespace.ip(`route delete ${ipv6}::/64`)
    this.#gateway?.uplink?.segment.unroute(ipv6)
  }

  get ipv6Network(): string | undefined {
    return this.#range.ipv6
  }

  /** Another IPv6 network for all that are here, as providers like to give. */
  renumber(ipv6: string): void {
    this.#range = { ...this.#range, ipv6 }
    for (const link of this.#links) link.assign(link.number)
  }

  /** Links of different groups stop hearing each other; a link in no group hears all. */
  partition(...groups: readonly (readonly { readonly link: Link }[])[]): void {
    const ports = groups.map((group) => group.map(({ link }) => `"${link.port}"`))
    const rules = ports.flatMap((from, at) => {
      const to = ports.filter((_, other) => other !== at).flat()
      return `iifname { ${from.join(', ')} } oifname { ${to.join(', ')} } drop`
    })
    this.heal()
    this.switch.nft(
      `table bridge partition { chain forward {
        type filter hook forward priority 0; policy accept;
        ${rules.join('\n')}
      }
      }`,
    )
  }

  heal(): void {
    this.switch.nft('table bridge partition {}\ndelete table bridge partition')
  }

  #plugIn(namespace: Namespace, name: string, number: number): Link {
    const link = new Link(this, namespace, name)
    this.#links.add(link)
    link.assign(number)
    return link
  }
}
