import { ApiError } from './api-error.ts'

/** Far above the largest honest request (a note of 4 KiB). */
export const BODY_MAX_BYTES = 256 * 1_024
/** Deeper than any schema; keeps recursive readers and writers of a free-form value off the end of their stack. */
const DEPTH_MAX = 32

/** The JSON of a request; an absent body counts as `{}`. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')
  if (type !== null && type !== 'application/json') throw unsupported(type)
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > BODY_MAX_BYTES) throw tooLarge()
  const bytes = await readAtMost(request, BODY_MAX_BYTES)
  if (bytes.length === 0) return {}
  if (type === null) throw unsupported('none')
  return parse(bytes)
}

async function readAtMost(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > maxBytes) throw tooLarge()
      chunks.push(value)
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    if (error instanceof ApiError) throw error
    throw new ApiError('BAD_REQUEST', 'the request ended before its body did', undefined, {
      cause: error,
    })
  }
  return Buffer.concat(chunks, length)
}

function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (depthOf(text) > DEPTH_MAX)
      throw new ApiError('BAD_REQUEST', `the body is nested deeper than ${DEPTH_MAX} levels`)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError('BAD_REQUEST', 'the body is not JSON in UTF-8', undefined, { cause: error })
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isInText) {
      if (character === '\\') at++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return deepest
}

function unsupported(type: string): ApiError {
  const hint = 'send exactly "Content-Type: application/json"'
  return new ApiError(
    'UNSUPPORTED_MEDIA_TYPE',
    `a body of type ${JSON.stringify(type.slice(0, 100))} is not read`,
    hint,
  )
}

function tooLarge(): ApiError {
  return new ApiError('TOO_LARGE', `the body is larger than ${BODY_MAX_BYTES} bytes`)
}
