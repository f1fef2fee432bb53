import { z } from 'zod'
import { nameText } from '../api/contract/common.ts'

/**
 * Every setting of a device, declared once: type, bounds, meaning. Profiles give all of them a value,
 * so further in nothing is optional. A unit is part of the name.
 */
const port = z.int().min(0).max(65_535)
const ipAddress = z.union([z.ipv4(), z.ipv6()], 'must be an IP address such as 0.0.0.0 or ::')
const multiaddr = z
  .string()
  .max(512)
  .regex(
    /^\/(ip4|ip6|dns|dns4|dns6|dnsaddr)\/[^\s/]+(\/[^\s/]+)*$/,
    'must be a multiaddr such as /ip4/192.168.1.9/tcp/41641',
  )

const nodeSettings = z.strictObject({
  name: nameText.describe("This device's name until an admin of a network gives it another"),
  kind: z
    .enum(['laptop', 'desktop', 'server', 'board', 'nas', 'router', 'virtual', 'other'])
    .describe('What sort of machine this is; shown to the other devices'),
})

const listenSettings = z.strictObject({
  addresses: z
    .array(ipAddress)
    .max(16)
    .describe('IP addresses on which other devices may connect; empty: none'),
  port: port.describe(
    'TCP port for other devices; 0 takes any free one. Further networks take the next free ports',
  ),
})

const discoverySettings = z.strictObject({
  mdns: z.boolean().describe('Find the other devices on the local network by multicast DNS'),
  addresses: z.array(multiaddr).max(64).describe('Multiaddrs of devices that are always tried'),
  dht: z.boolean().describe('Find members by the address table that members keep among themselves'),
})

const apiSettings = z.strictObject({
  port: port.describe(
    'Loopback port of the page and of the API for programs; 0 takes any free one',
  ),
  ui: z
    .boolean()
    .describe('Serve the page and the API on the loopback port; the command line works without'),
})

const logSettings = z.strictObject({
  level: z
    .enum(['error', 'warn', 'info', 'debug'])
    .describe('The least important lines that are still logged'),
  format: z
    .enum(['json', 'text'])
    .describe('How log lines are written to standard output; the log file is always JSON'),
})

const reachSettings = z.strictObject({
  relay: z
    .boolean()
    .describe('Pass the traffic of members that cannot reach each other; relays see nothing of it'),
  webrtc: z
    .boolean()
    .describe('Also listen for WebRTC connections, which pass more routers than TCP does'),
})

export const settings = z
  .strictObject({
    node: nodeSettings,
    listen: listenSettings,
    discovery: discoverySettings,
    api: apiSettings,
    log: logSettings,
    reach: reachSettings,
  })
  .readonly()

export type Settings = z.output<typeof settings>
