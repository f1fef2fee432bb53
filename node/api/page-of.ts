import { z } from 'zod'
import { ApiError } from './api-error.ts'

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(512).optional(),
}

interface PageRequest {
  readonly limit: number
  readonly cursor?: string | undefined
}

const cursorShape = z.strictObject({ after: z.string(), at: z.number().int().nonnegative() })

/**
 * One page of a list in its own order. The cursor names the last item given, so that what is inserted or removed
 * before it shifts nothing; should that item itself be gone, its position stands in for it.
 */
export function pageOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  request: PageRequest,
): { readonly items: Item[]; readonly nextCursor: string | null } {
  const start = request.cursor === undefined ? 0 : startOf(items, idOf, request.cursor)
  const page = items.slice(start, start + request.limit)
  const end = start + page.length
  const last = page.at(-1)
  const nextCursor =
    last === undefined || end >= items.length ? null : encode({ after: idOf(last), at: end })
  return { items: page, nextCursor }
}

function startOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  cursor: string,
): number {
  const { after, at } = decode(cursor)
  const index = items.findIndex((item) => idOf(item) === after)
  return index === -1 ? Math.max(0, at - 1) : index + 1
}

function encode(cursor: z.infer<typeof cursorShape>): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

function decode(text: string): z.infer<typeof cursorShape> {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch (error) {
    const options = {
      cause: error,
      errors: [{ path: 'query.cursor', message: 'not a cursor of this list' }],
    }
    throw new ApiError(
      'BAD_REQUEST',
      'query.cursor: not a cursor of this list',
      'ask without a cursor',
      options,
    )
  }
}
