import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Caller, DoorKind, Permission } from './caller.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface RawInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly caller: Caller
  /** Ends when the caller goes away. */
  readonly signal: AbortSignal
}

export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  | { readonly kind: 'empty' }
  | { readonly kind: 'lines'; readonly lines: AsyncIterable<unknown> }

/** One row of the table that is all there is to ask of a node. */
export interface Route {
  readonly method: Method
  readonly path: string
  /** The equal command, as `device.rename`. */
  readonly operation: string
  readonly permission: Permission
  /** Which doors offer it; all when absent. */
  readonly doors?: readonly DoorKind[]
  readonly schemas: {
    readonly params: z.ZodType
    readonly query: z.ZodType
    readonly body: z.ZodType
    readonly reply: z.ZodType
  }
  readonly replies: Answer['kind']
  answer(input: RawInput): Promise<Answer>
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

interface Head {
  readonly method: Method
  readonly path: string
  readonly operation: string
  readonly permission: Permission
  readonly doors?: readonly DoorKind[]
}

interface Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly params: z.output<Params>
  readonly query: z.output<Query>
  readonly body: z.output<Body>
  readonly caller: Caller
  readonly signal: AbortSignal
}

interface Spec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
> extends Head {
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly reply: Reply
}

/** A route that answers with one JSON value. */
export function jsonRoute<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(
  spec: Spec<Params, Query, Body, Reply> & {
    readonly status?: number
    readonly handle: (input: Input<Params, Query, Body>) => Promise<z.input<Reply>>
  },
): Route {
  const read = reader(spec)
  return {
    ...headOf(spec),
    schemas: schemasOf(spec),
    replies: 'json',
    answer: async (raw) => ({
      kind: 'json',
      status: spec.status ?? 200,
      value: await spec.handle(read(raw)),
    }),
  }
}

/** A route that answers with nothing but success. */
export function emptyRoute<
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(
  spec: Omit<Spec<Params, Query, Body, z.ZodType>, 'reply'> & {
    readonly handle: (input: Input<Params, Query, Body>) => Promise<void>
  },
): Route {
  const read = reader(spec)
  return {
    ...headOf(spec),
    schemas: schemasOf({ ...spec, reply: z.undefined() }),
    replies: 'empty',
    answer: async (raw) => {
      await spec.handle(read(raw))
      return { kind: 'empty' }
    },
  }
}

/** A route that answers with lines of JSON for as long as both sides want. `reply` describes one line. */
export function linesRoute<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(
  spec: Spec<Params, Query, Body, Reply> & {
    /** What can be refused is refused before the first line: by throwing here. */
    readonly handle: (input: Input<Params, Query, Body>) => Promise<AsyncIterable<z.input<Reply>>>
  },
): Route {
  const read = reader(spec)
  return {
    ...headOf(spec),
    schemas: schemasOf(spec),
    replies: 'lines',
    answer: async (raw) => ({ kind: 'lines', lines: await spec.handle(read(raw)) }),
  }
}

function headOf(spec: Head): Head {
  const { method, path, operation, permission, doors } = spec
  return { method, path, operation, permission, ...(doors === undefined ? {} : { doors }) }
}

function schemasOf(spec: {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly reply: z.ZodType
}): Route['schemas'] {
  return {
    params: spec.params ?? nothing,
    query: spec.query ?? nothing,
    body: spec.body ?? nothing,
    reply: spec.reply,
  }
}

function reader<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  spec: Omit<Spec<Params, Query, Body, z.ZodType>, 'reply'>,
): (raw: RawInput) => Input<Params, Query, Body> {
  return ({ params, query, body, caller, signal }) => ({
    params: parse(spec.params, params, 'path'),
    query: parse(spec.query, query, 'query'),
    body: parse(spec.body, body, 'body'),
    caller,
    signal,
  })
}

function parse<Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
  where: string,
): z.output<Schema> {
  const result = (schema ?? nothing).safeParse(value)
  if (result.success) return result.data as z.output<Schema>
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.').slice(0, 200),
    message: issue.message.slice(0, 300),
  }))
  const first = errors[0]
  const detail =
    first === undefined ? `the ${where} is not valid` : `${first.path}: ${first.message}`
  throw new ApiError('BAD_REQUEST', detail, undefined, { errors })
}
