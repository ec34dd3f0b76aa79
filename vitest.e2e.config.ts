import { defineConfig } from 'vitest/config'

// One local server for all files, and one browser at a time: the whole system is under test, not its speed.
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['test/e2e/*.test.ts'],
    globalSetup: ['./test/e2e/server.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
  },
})
