import { LabError } from './lab-error.ts'
import type { Namespace } from './namespace.ts'
import type { LinkQuality } from './link-quality.ts'
import { addVeth, type VethEnd } from './veth.ts'
import type { Wire, Wires } from './wires.ts'

export interface Addresses {
  readonly ipv4?: string | undefined
  readonly ipv6?: string | undefined
}

/** What a link needs of the segment that it leads to. */
export interface LinkSegment {
  readonly switch: Namespace
  readonly scope: { wires(): Wires }
  nextPort(): string
  nextAddress(): number
  /** The addresses of that number. */
  address(number: number): Addresses
  /** The routes that the machine of that number needs, as `ip` has them, without the interface. */
  routes(number: number): readonly string[]
}

/** The cable from an interface of a machine to a switch. */
export class Link {
  readonly #segment: LinkSegment
  readonly namespace: Namespace
  /** The interface's name in `namespace`. */
  readonly name: string
  /** The switch's end. */
  readonly port: string
  /** The end that takes the carrier away from the machine when it goes down: the port, or the wire's when there is one. */
  #far: VethEnd
  #wire: Wire | undefined
  #number = 0

  constructor(segment: LinkSegment, namespace: Namespace, name: string) {
    this.#segment = segment
    this.namespace = namespace
    this.name = name
    this.port = segment.nextPort()
    this.#far = { namespace: segment.switch, name: this.port }
    addVeth(this, this.#far)
    segment.switch.untilLink(this.port, 'state forwarding', `link set ${this.port} master br0`)
  }

  /** Of its address in each network of the segment. */
  get number(): number {
    return this.#number
  }

  get ipv4(): string {
    return this.#address('ipv4')
  }

  get ipv6(): string {
    return this.#address('ipv6')
  }

  /** Gives the interface the address of that number, and no other, and the routes that come with it. */
  assign(number: number): void {
    this.#number = number
    const { ipv4, ipv6 } = this.#segment.address(number)
    this.namespace.ip(
      `address flush dev ${this.name} scope global`,
      ...(ipv4 === undefined ? [] : [`address add ${ipv4}/24 dev ${this.name}`]),
      ...(ipv6 === undefined ? [] : [`address add ${ipv6}/64 dev ${this.name} nodad`]),
      ...this.#segment.routes(number).map((route) => `route replace ${route} dev ${this.name}`),
    )
  }

  /** Another address, as a new lease of DHCP brings it. */
  changeAddress(): void {
    this.assign(this.#segment.nextAddress())
  }

  /** Pulls the cable: the machine sees its carrier go. */
  unplug(): void {
    this.#far.namespace.ip(`link set ${this.#far.name} down`)
  }

  plug(): void {
    const { namespace, name } = this.#far
    namespace.untilLink(name, 'state forwarding', `link set ${name} up`)
    this.namespace.untilLink(this.name, 'state UP')
  }

  /** From now on what passes is lost, late or out of order, as told. */
  async impair(quality: LinkQuality): Promise<void> {
    if (this.#wire === undefined) {
      const { scope, switch: at } = this.#segment
      this.#wire = await scope.wires().insert({ switch: at, port: this.port })
      this.#far = this.#wire.machineEnd
      this.namespace.untilLink(this.name, 'state UP')
    }
    await this.#wire.set(quality)
  }

  remove(): void {
    this.namespace.ip(`link delete ${this.name}`)
    this.#wire?.remove()
  }

  #address(family: 'ipv4' | 'ipv6'): string {
    const address = this.#segment.address(this.#number)[family]
    if (address === undefined) throw new LabError(`no ${family} on ${this.#segment.switch.name}`)
    return address
  }
}
