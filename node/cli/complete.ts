/** What the shells' completion scripts call; not a command for people. */
export const COMPLETE_COMMAND = '__complete'
