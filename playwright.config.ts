/** End-to-end specs: the real client and server, in windows on a display of their own. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Each worker has a display, a server and its clients of its own.
  workers: 2,
  fullyParallel: false,
  // Two clients and a server on two shared cores: slow is not wrong.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
