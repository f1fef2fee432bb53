import { nowMs } from '../state.ts'
import { ago, exactly } from '../words.ts'

/** How long ago; the exact time on hover and for machines. */
export function When({ ms }: { ms: number | null }) {
  if (ms === null) return <>never</>
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactly(ms)}>
      {ago(ms, nowMs.value)}
    </time>
  )
}
