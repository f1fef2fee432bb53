import { visibleParts } from '../visible-text.ts'

/** Text that came from elsewhere. It is isolated, so that its direction stays its own, and hides nothing. */
export function RemoteText({
  text,
  max,
  keepsLines,
}: {
  text: string
  max?: number
  keepsLines?: boolean
}) {
  const parts = visibleParts(text, {
    ...(max === undefined ? {} : { max }),
    keepsLines: keepsLines ?? false,
  })
  return (
    <bdi class="remote">
      {parts.map(({ text: part, isMark }) => (isMark ? <span class="unseen">{part}</span> : part))}
    </bdi>
  )
}
