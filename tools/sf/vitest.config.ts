import { defineConfig } from 'vitest/config';

// Two cores: the CLI takes one, the sandbox it talks to the other.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
