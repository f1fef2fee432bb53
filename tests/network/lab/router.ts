import { rules } from './firewall.ts'
import type { Host } from './host.ts'
import type { Link } from './link.ts'
import { Miniupnpd } from './miniupnpd.ts'
import type { Namespace } from './namespace.ts'
import { ipv4Kinds, type Ipv4Kind, type Ipv6Kind, type RouterOptions } from './router-kind.ts'
import { Segment } from './segment.ts'

/** Home routers are at 30 s to some minutes; Linux has 30 s for what was never answered and 120 s for what was. */
const UDP_TIMEOUT_S = 60

/** Stands between a LAN and whatever is upstream: the internet, or the LAN of another router. */
export class Router {
  readonly name: string
  readonly ipv4Kind: Ipv4Kind
  readonly ipv6Kind: Ipv6Kind
  readonly namespace: Namespace
  /** The cable to upstream. */
  readonly wan: Link
  readonly lan: Segment
  readonly #udpTimeoutS: number
  readonly #upstream: Segment
  readonly #lanLink: Link
  #miniupnpd: Miniupnpd | undefined

  private constructor(name: string, upstream: Segment, options: RouterOptions) {
    const { scope } = upstream
    this.name = name
    this.ipv4Kind = options.ipv4 ?? 'port-restricted-cone'
    this.ipv6Kind = options.ipv6 ?? 'none'
    this.#udpTimeoutS = options.udpTimeoutS ?? UDP_TIMEOUT_S
    this.namespace = scope.namespace(name, {
      'ipv4/ip_forward': 1,
      'ipv6/conf/all/forwarding': 1,
      'netfilter/nf_conntrack_udp_timeout': this.#udpTimeoutS,
      'netfilter/nf_conntrack_udp_timeout_stream': this.#udpTimeoutS,
      // After a reboot connections are unknown; Linux would guess, and for TCP often right.
      'netfilter/nf_conntrack_tcp_loose': 0,
    })
    this.#upstream = upstream
    this.wan = upstream.attach(this.namespace, 'wan')
    const ipv6 = this.ipv6Kind === 'none' ? undefined : scope.nextIpv6Network()
    this.lan = new Segment(scope, `${name}-lan`, {
      ...(this.ipv4Kind === 'none' ? {} : { ipv4: options.lan ?? scope.nextPrivateNetwork() }),
      ...(ipv6 === undefined ? {} : { ipv6 }),
    })
    this.#lanLink = this.lan.attachGateway(this.namespace, 'lan', {
      link: this.wan,
      segment: upstream,
    })
    if (ipv6 !== undefined) upstream.route(ipv6, this.wan)
  }

  static async start(name: string, upstream: Segment, options: RouterOptions): Promise<Router> {
    const router = new Router(name, upstream, options)
    await router.#boot()
    return router
  }

  /** Its address outside, which may be private when upstream is a LAN. */
  get ipv4(): string {
    return this.wan.ipv4
  }

  /** A machine on its LAN. */
  host(name: string): Host {
    return this.lan.host(name)
  }

  /** Another router on its LAN. */
  router(name: string, options: RouterOptions = {}): Promise<Router> {
    return Router.start(name, this.lan, options)
  }

  /** Dark on both sides, and all that it remembered is gone. */
  async powerOff(): Promise<void> {
    this.wan.unplug()
    this.#lanLink.unplug()
    await this.#miniupnpd?.stop()
    this.#miniupnpd = undefined
    this.namespace.nft('flush ruleset')
    this.namespace.run('conntrack', '-F')
  }

  async powerOn(): Promise<void> {
    this.wan.plug()
    this.#lanLink.plug()
    await this.#boot()
  }

  async reboot(): Promise<void> {
    await this.powerOff()
    await this.powerOn()
  }

  /** The provider gives it another address, and another IPv6 network to its LAN; all mappings are gone. */
  async changeAddress(): Promise<void> {
    await this.powerOff()
    const { ipv6Network } = this.lan
    if (ipv6Network !== undefined) this.#upstream.unroute(ipv6Network)
    this.wan.changeAddress()
    if (ipv6Network !== undefined) {
      const next = this.#upstream.scope.nextIpv6Network()
      this.lan.renumber(next)
      this.#upstream.route(next, this.wan)
    }
    await this.powerOn()
  }

  async #boot(): Promise<void> {
    this.namespace.nft(rules(ipv4Kinds[this.ipv4Kind], this.ipv6Kind, this.#udpTimeoutS))
    if (this.ipv4Kind === 'upnp')
      this.#miniupnpd = await Miniupnpd.start(
        this.namespace,
        this.#upstream.scope.directory(this.name),
      )
  }
}
