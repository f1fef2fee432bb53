import { CommandChip } from '../parts/command-chip.tsx'
import { Wordmark } from '../parts/wordmark.tsx'
import type { SignIn } from '../state.ts'

type Reason = Exclude<SignIn, 'starting' | 'in'>

const WORDS: Readonly<
  Record<Reason, { readonly title: string; readonly text: string; readonly command: string }>
> = {
  none: {
    title: 'Open this page from your command line',
    text: 'Only the owner of this device may see it. The command below opens the page with a link that works once, for a minute.',
    command: 'asgard ui',
  },
  link: {
    title: 'This link has been used or has expired',
    text: 'A launch link works once, for a minute. Make a fresh one.',
    command: 'asgard ui',
  },
  ended: {
    title: 'This session has ended',
    text: 'The node was restarted, or the page was not used for twelve hours. Nothing is lost.',
    command: 'asgard ui',
  },
  unreachable: {
    title: 'The node does not answer',
    text: 'This page will go on by itself as soon as the node runs again.',
    command: 'asgard daemon start',
  },
}

export function SignedOut({ reason }: { reason: Reason }) {
  const { title, text, command } = WORDS[reason]
  return (
    <main class="quiet">
      <Wordmark />
      <h1>{title}</h1>
      <p>{text}</p>
      <CommandChip command={command} />
    </main>
  )
}
