/** Unit and integration tests: they stand beside what they test. End-to-end specs are Playwright's. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src-*/**/*.test.{ts,tsx}',
      'server/**/*.test.ts',
      'tools/**/*.test.ts',
      'test/{chaos,electron,security,load}/**/*.test.ts',
    ],
    pool: 'forks',
    // Real servers, Argon2id and SQLite on two shared cores: slow is not wrong.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    expect: { requireAssertions: true },
  },
});
