import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Suites that take longer than people wait; `.ci/run` runs them with vitest.long.config.ts.
    exclude: ['test/**/*.long.test.ts'],
    // Scenarios wait for a service and an org more than they compute, so there are more of them at once than cores.
    maxWorkers: 4,
    // Files leave nothing behind in their modules, and loading those anew for each took most of the time.
    isolate: false,
    // Ten times what the slowest takes: on a busy machine nothing fails for being late.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A second is over soon on a machine that has more to do.
    expect: { poll: { timeout: 20_000 } },
  },
});
