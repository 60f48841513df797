import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const everyLine = { lines: 100, functions: 100, branches: 100, statements: 100 }

/** Unit and contract tests: plain Node 24, and happy-dom for the few component tests that ask for it by a comment. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  test: {
    include: ['test/unit/**/*.test.ts'],
    // Generous: what is waited for is a state, and the machine may be busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real sockets, real clocks: one that fails is tried once more, and named at the end.
    retry: 1,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      reportsDirectory: 'test/results/coverage',
      reporter: ['text-summary', 'json-summary'],
      include: [
        'src-preload/contract/**/*.ts',
        'src-main/trust/judge.ts',
        'src-main/handlers/answer.ts',
        'src-renderer/media/session-state.ts',
        'src-renderer/time/**/*.ts',
      ],
      thresholds: { perFile: true, ...everyLine },
    },
  },
})
