import type { KnipConfig } from 'knip'

/** Finds files, packages and exports nobody uses. */
const config: KnipConfig = {
  entry: [
    'src-main/index.ts',
    'src-preload/index.ts',
    'src-renderer/main.ts',
    'test/demo/demo.ts',
    'test/bench/bench.ts',
    'test/house/gallery/{shoot,gallery}.ts',
    'test/house/media/page.ts',
    'test/unit/trust/support/run-attacks.ts',
    'test/support/second-tries.ts', // named to vitest on the command line
    'test/{house,app}/**/*.spec.ts',
    'test/unit/**/*.test.ts',
    'test/playwright.config.ts',
    'build/*.{mjs,ts,cjs}',
  ],
  project: ['src-*/**/*.{ts,vue}', 'test/**/*.ts', 'build/**/*.{ts,mjs}'],
  ignoreExportsUsedInFile: true,
  // Debian's programs, which setup.mjs installs.
  ignoreBinaries: ['dbus-daemon', 'ffmpeg', 'xauth'],
  // A type may be said aloud before somebody needs it; a value may not.
  rules: { types: 'off' },
}
export default config
