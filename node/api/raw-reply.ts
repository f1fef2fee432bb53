import type { Duplex } from 'node:stream'
import type { ApiError } from './api-error.ts'
import { problemOf } from './problem-reply.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Answers a request on a raw connection, for where no response object exists, and closes it. */
export function endWithProblem(socket: Duplex, error: ApiError): void {
  if (!socket.writable) return
  socket.end(rawProblem(error))
}

function rawProblem(error: ApiError): string {
  const problem = problemOf(error)
  const body = JSON.stringify(problem)
  const headers = {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}\r\n${body}`
}
