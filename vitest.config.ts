import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Suites that take longer than people wait; `.ci/run` runs them with vitest.long.config.ts.
    exclude: ['test/**/*.long.test.ts'],
    // Scenarios wait for a service and an org more than they compute, so there are more of them at once than cores.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
