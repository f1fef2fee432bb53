import { STATUS_CODES } from 'node:http'
import type { ApiError } from './api-error.ts'
import type { Problem } from './contract/common.ts'

export function problemOf(error: ApiError, instance?: string): Problem {
  return {
    type: `urn:asgard:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(instance === undefined ? {} : { instance }),
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
  }
}

export function problemReply(error: ApiError, instance?: string): Response {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (error.status === 401) headers['www-authenticate'] = 'Bearer realm="asgard"'
  if (error.retryAfterS !== undefined) headers['retry-after'] = String(Math.ceil(error.retryAfterS))
  return new Response(JSON.stringify(problemOf(error, instance)), { status: error.status, headers })
}
