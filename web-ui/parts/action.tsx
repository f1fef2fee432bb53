import { useSignal } from '@preact/signals'
import { RequestError } from '../api-client.ts'
import { refresh } from '../start.ts'
import { announcement } from '../state.ts'

export interface Action {
  readonly isBusy: boolean
  readonly error: RequestError | null
  /** Does it, reads the state anew and says so; a failure stays on show until the next try. */
  run(work: () => Promise<void>, done?: string): Promise<void>
}

/** Something a person sets off: busy while it runs, and its refusal is shown where it was asked for. */
export function useAction(): Action {
  const isBusy = useSignal(false)
  const error = useSignal<RequestError | null>(null)
  return {
    isBusy: isBusy.value,
    error: error.value,
    run: async (work, done) => {
      if (isBusy.peek()) return
      isBusy.value = true
      error.value = null
      try {
        await work()
        if (done !== undefined) announcement.value = done
      } catch (failure) {
        const detail = failure instanceof Error ? failure.message : 'It failed.'
        error.value =
          failure instanceof RequestError ? failure : new RequestError({ code: 'FAILED', detail })
      } finally {
        isBusy.value = false
      }
      await refresh()
    },
  }
}

export function ActionError({ action }: { action: Action }) {
  if (action.error === null) return null
  const { message, hint } = action.error
  return (
    <p class="failure" role="alert">
      {message}
      {hint === undefined ? null : <span class="hint"> Try: {hint}</span>}
    </p>
  )
}
