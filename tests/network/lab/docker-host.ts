import { Host } from './host.ts'
import { Segment } from './segment.ts'

/** What Docker calls its bridge on a host, and the network that it gives it. */
const BRIDGE = 'docker0'
const BRIDGE_NETWORK = '172.17.0'

/**
 * A machine of a LAN with containers behind a bridge, as Docker makes it: containers get out under the host's address,
 * in only by published ports, and multicast passes in neither direction. The host itself is a machine as any other.
 * Not built: IPv6 for containers, the proxy program for published ports, names.
 */
export class DockerHost extends Host {
  readonly #containers: Segment
  #published = ''

  constructor(name: string, segment: Segment) {
    super(name, segment, { 'ipv4/ip_forward': 1 })
    this.#containers = new Segment(this.scope, `${name}-containers`, { ipv4: BRIDGE_NETWORK })
    this.#containers.attachGateway(this.namespace, BRIDGE)
    this.#load()
  }

  container(name: string): Host {
    return this.#containers.host(name)
  }

  /** As `docker run --publish PORT:PORT`, for TCP and UDP. */
  publish(container: Host, port: number): void {
    this.#published += `fib daddr type local meta l4proto { tcp, udp } th dport ${port} dnat ip to ${container.ipv4}\n`
    this.#load()
  }

  #load(): void {
    this.namespace.nft(`table ip docker {}
      delete table ip docker
      table ip docker {
        chain forward {
          type filter hook forward priority filter; policy drop;
          ct state established,related accept
          ct status dnat accept
          iifname "${BRIDGE}" accept
        }
        chain source {
          type nat hook postrouting priority srcnat; policy accept;
          ip saddr ${BRIDGE_NETWORK}.0/24 oifname != "${BRIDGE}" masquerade
        }
        chain destination {
          type nat hook prerouting priority dstnat; policy accept;
          ${this.#published}
        }
      }`)
  }
}
