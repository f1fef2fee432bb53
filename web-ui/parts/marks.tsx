import type { Health, PathKind } from '../../node/api/contract/common.ts'
import { HEALTH_MEANINGS, HEALTH_WORDS, PATH_MEANINGS } from '../words.ts'

/** State as a shape, a word and a colour, in that order of trust. */
export function HealthMark({ health }: { health: Health }) {
  return (
    <span class={`health health-${health}`} title={HEALTH_MEANINGS[health]}>
      <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
        <HealthShape health={health} />
      </svg>
      {HEALTH_WORDS[health]}
    </span>
  )
}

/** On a 16 by 16 field, in the current colour. */
export function HealthShape({ health }: { health: Health }) {
  if (health === 'self') return <path class="solid" d="M8 1.5 14.5 8 8 14.5 1.5 8Z" />
  if (health === 'alive') return <circle class="solid" cx="8" cy="8" r="5.5" />
  if (health === 'suspect') {
    return (
      <>
        <circle class="hollow" cx="8" cy="8" r="5" />
        <path class="solid" d="M8 3a5 5 0 0 1 0 10Z" />
      </>
    )
  }
  if (health === 'failed') return <path class="stroke" d="M3.5 3.5l9 9m0-9l-9 9" />
  if (health === 'left') return <path class="stroke" d="M3 8h10" />
  return <circle class="hollow dotted" cx="8" cy="8" r="5" />
}

/** The way to a device as a thread: the longer it is broken, the further round it goes. */
export function PathMark({ kind }: { kind: PathKind }) {
  return (
    <span class={`path path-${kind}`} title={PATH_MEANINGS[kind]}>
      <svg class="thread" viewBox="0 0 34 12" aria-hidden="true">
        <Thread kind={kind} />
      </svg>
      {kind}
    </span>
  )
}

function Thread({ kind }: { kind: PathKind }) {
  const ends = (
    <>
      <circle class="solid" cx="3" cy="6" r="2.4" />
      <circle class="solid" cx="31" cy="6" r="2.4" />
    </>
  )
  if (kind === 'relayed') {
    return (
      <>
        <path class="stroke" d="M5 6Q11 6 14.5 3.6M19.5 3.6Q23 6 29 6" />
        <circle class="hollow" cx="17" cy="3.2" r="2.4" />
        {ends}
      </>
    )
  }
  const line = {
    local: 'M5 6H29',
    direct: 'M5 6H29',
    'hole-punched': 'M5 6H12M15.5 6H18.5M22 6H29',
  }[kind]
  return (
    <>
      <path class={kind === 'local' ? 'stroke thick' : 'stroke'} d={line} />
      {ends}
    </>
  )
}
