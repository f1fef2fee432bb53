import type { Revocation } from '../../node/api/contract/network.ts'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { deviceNamed, revocations, shortId } from '../state.ts'

/** Who was put out, and which devices have said that they have done so. */
export function Removals() {
  if (revocations.value.length === 0) return null
  return (
    <section class="panel" aria-labelledby="removals">
      <div class="panel-head">
        <h2 id="removals">Removed devices</h2>
      </div>
      <ul class="removals">
        {revocations.value.map((revocation) => (
          <li key={revocation.id}>
            <p>
              <strong>
                <RemoteText text={revocation.name} max={64} />
              </strong>{' '}
              <span class="facts">
                <span title={revocation.device}>{shortId(revocation.device)}</span> · by{' '}
                <RemoteText text={deviceNamed(revocation.by)} max={32} /> ·{' '}
                <When ms={revocation.at} />
                {revocation.reason === '' ? null : (
                  <>
                    {' '}
                    · <RemoteText text={revocation.reason} max={200} />
                  </>
                )}
              </span>
            </p>
            <Receipts revocation={revocation} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Receipts({ revocation }: { revocation: Revocation }) {
  const { receipts, waiting } = revocation
  const all = receipts.length + waiting.length
  return (
    <div class="receipts">
      <progress
        value={receipts.length}
        max={Math.max(1, all)}
        aria-label={`Receipts: ${receipts.length} of ${all}`}
      />
      <p>
        {waiting.length === 0
          ? `All ${all} devices have shut it out.`
          : `${receipts.length} of ${all} have shut it out; waiting for `}
        {waiting.map((other, at) => (
          <span key={other.device}>
            {at === 0 ? '' : ', '}
            <RemoteText text={other.name} max={32} /> ({other.health})
          </span>
        ))}
      </p>
    </div>
  )
}
