import type { KnipConfig } from 'knip'

/** Finds files and exports nobody uses. */
const config: KnipConfig = {
  entry: [
    'src-main/index.ts',
    'src-preload/index.ts',
    'src-renderer/main.ts',
    'test/all.ts',
    'test/demo/demo.ts',
    'test/bench/bench.ts',
    'test/simulator/cli.ts',
    'test/unit/**/*.test.ts',
    'test/{house,app}/**/*.spec.ts',
    'build/*.{mjs,ts,cjs}',
  ],
  project: ['src-*/**/*.{ts,vue}', 'test/**/*.ts', 'build/**/*.{ts,mjs}'],
}
export default config
