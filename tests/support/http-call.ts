import { Agent, request } from 'node:http'

export interface HttpTarget {
  readonly port?: number
  readonly socketPath?: string
}

export interface HttpCall {
  readonly method?: string
  readonly path: string
  /** Names and values in turn; may repeat, and `Host` is sent only if it is here. */
  readonly headers?: readonly string[]
  readonly body?: string | Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** One request exactly as written: nothing is added to its headers but what HTTP needs to find its end. */
export function httpCall(target: HttpTarget, call: HttpCall): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const body = call.body === undefined ? undefined : Buffer.from(call.body)
    const length = body === undefined ? [] : ['Content-Length', String(body.length)]
    const outgoing = request(
      {
        ...(target.socketPath === undefined
          ? { host: '127.0.0.1', port: target.port }
          : { socketPath: target.socketPath }),
        agent,
        method: call.method ?? 'GET',
        path: call.path,
        headers: [...(call.headers ?? []), ...length],
        setHost: false,
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
