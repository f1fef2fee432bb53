import type { Assets } from './api/static-assets.ts'

/** The page's files. The build replaces this module with the built page; from source there is none to serve. */
export const pageFiles: Assets = new Map()
