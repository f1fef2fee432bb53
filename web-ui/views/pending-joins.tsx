import type { PendingJoin } from '../../node/api/contract/network.ts'
import { ask, segment } from '../api-client.ts'
import { ActionError, useAction } from '../parts/action.tsx'
import { CommandChip } from '../parts/command-chip.tsx'
import { RemoteText } from '../parts/remote-text.tsx'
import { When } from '../parts/when.tsx'
import { isAdmin, shortId, status } from '../state.ts'
import { visibleString } from '../visible-text.ts'
import { argument } from '../words.ts'

/** Devices that wait at the door come before everything else. */
export function PendingJoins() {
  const joins = status.value?.pendingJoins ?? []
  if (joins.length === 0) return null
  return (
    <section aria-label="Devices that ask to join" class="joins">
      {joins.map((join) => (
        <PendingJoinCard key={join.id} join={join} />
      ))}
    </section>
  )
}

export function PendingJoinCard({ join }: { join: PendingJoin }) {
  const action = useAction()
  const name = visibleString(join.name)
  const answer = (verb: 'approve' | 'deny', done: string) =>
    void action.run(
      () => ask('POST', `networks/current/joins/${segment(join.id)}/${verb}`, {}),
      done,
    )
  return (
    <article class="panel join" aria-label={`${name} asks to join`}>
      <div class="join-text">
        <h2>
          <RemoteText text={join.name} /> asks to join as {join.role}
        </h2>
        <p class="facts">
          <RemoteText text={join.platform} /> · <RemoteText text={join.address} /> ·{' '}
          <span title={join.device}>{shortId(join.device)}</span> · <When ms={join.requestedAt} />
        </p>
        {join.reason === 'review' ? (
          <p class="failure">
            Its ticket was used more often than it was meant to, or whoever made it has been
            removed. Ask its owner.
          </p>
        ) : null}
        {join.words.length > 0 ? (
          <div class="words">
            <p>The same words must be on its screen:</p>
            <ol aria-label="Confirmation words">
              {join.words.map((word) => (
                <li key={word}>
                  <RemoteText text={word} />
                </li>
              ))}
            </ol>
          </div>
        ) : null}
        <ActionError action={action} />
      </div>
      <div class="join-answer">
        {isAdmin.value ? (
          <>
            <button
              type="button"
              class="button primary-action"
              disabled={action.isBusy}
              aria-label={`Approve ${name}`}
              onClick={() => answer('approve', `${name} was let in.`)}
            >
              Approve
            </button>
            <button
              type="button"
              class="button"
              disabled={action.isBusy}
              aria-label={`Deny ${name}`}
              onClick={() => answer('deny', `${name} was turned away.`)}
            >
              Deny
            </button>
          </>
        ) : (
          <p class="facts">An owner or admin can let it in.</p>
        )}
        <CommandChip command={`asgard device approve ${argument(join.name, join.device)}`} />
      </div>
    </article>
  )
}
