import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // The tests must pass on a machine with two cores; more workers there only make timing worse.
    maxWorkers: 2,
  },
})
