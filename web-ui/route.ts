import { signal } from '@preact/signals'

/** What is open on top of the overview; in the address, so that Back closes it and a reload keeps it. */
export type Route =
  | { readonly kind: 'overview' }
  | { readonly kind: 'add' }
  | { readonly kind: 'device'; readonly id: string }

export const route = signal<Route>(parse(location.hash))

addEventListener('hashchange', () => {
  route.value = parse(location.hash)
})

export function open(next: Route): void {
  location.hash = format(next)
}

/** Back to the overview, without leaving the dialog behind in the history. */
export function closeDialog(): void {
  history.replaceState(null, '', '#/')
  route.value = { kind: 'overview' }
}

function parse(hash: string): Route {
  if (hash === '#/add') return { kind: 'add' }
  const id = /^#\/device\/([A-Za-z0-9]{1,80})$/.exec(hash)?.[1]
  return id === undefined ? { kind: 'overview' } : { kind: 'device', id }
}

function format(next: Route): string {
  if (next.kind === 'device') return `#/device/${next.id}`
  return next.kind === 'add' ? '#/add' : '#/'
}
