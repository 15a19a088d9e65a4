/** What takes longer than `npm test` should: the tour, the demo from start to Ctrl-C, the bench. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{tools,test}/**/*.long.ts'],
    pool: 'forks',
    // Each starts a server, windows and a browser: one after the other on two cores.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    expect: { requireAssertions: true },
  },
});
