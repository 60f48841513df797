/** Which room may import which (house.md section 2). Every rule is an error: the tool's default is a warning. */
/** @param {string} name @param {object} from @param {object} to */
const rule = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }),
    rule(
      'electron-only-in-its-room',
      { path: '^src-', pathNot: '^(src-main/electron/|src-main/index\\.ts|src-preload/index\\.ts)' },
      { path: 'node_modules/(electron|electron-store)/' },
    ),
    rule(
      'contract-depends-on-nothing-of-ours',
      { path: '^src-preload/contract' },
      { path: '^(src-|node_modules/)', pathNot: '^(src-preload/contract|node_modules/zod/)' },
    ),
    rule(
      'main-and-renderer-meet-only-in-the-contract',
      { path: '^src-(main|renderer)/' },
      { path: '^src-', pathNot: ['^src-preload/contract', '^src-$1/'] },
    ),
    rule(
      'schemas-run-only-in-main',
      { path: '^(src-renderer/|src-preload/index)' },
      { path: '^src-preload/contract/calls|node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    rule('product-knows-no-test', { path: '^src-' }, { path: '^(test|build)/' }),
    rule(
      'main-lower-floor-rooms-do-not-know-each-other',
      { path: '^src-main/(trust|xprotect|journal|storage)/' },
      // What the system says of a file means the same to both rooms that write some.
      { path: '^src-main/', pathNot: ['^src-main/$1/', '^src-main/file-reason\\.ts$'] },
    ),
    rule(
      'nothing-in-main-knows-the-roof',
      { path: '^src-main/(handlers|actions|sites|trust|xprotect|journal|storage)/' },
      { path: '^src-main/(index|services|electron)' },
    ),
    rule(
      'sites-and-actions-do-not-know-each-other',
      { path: '^src-main/(sites|actions)/' },
      { path: '^src-main/(sites|actions|handlers)/', pathNot: '^src-main/$1/' },
    ),
    rule(
      'media-and-time-know-no-vue',
      { path: '^src-renderer/(media|time)/' },
      { path: 'node_modules/(vue|pinia|@vueuse)/|^src-renderer/(api|stores|composables|screens|components)' },
    ),
    rule(
      'api-knows-the-bridge-only',
      { path: '^src-renderer/api/' },
      { path: '^src-renderer/(stores|composables|screens|components)|node_modules/(vue|pinia|@vueuse)/' },
    ),
    rule(
      'stores-know-no-picture-and-no-component',
      { path: '^src-renderer/stores/' },
      { path: '^src-renderer/(media|composables|screens|components)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'components-are-dumb',
      { path: '^src-renderer/components/' },
      { path: '^src-renderer/(stores|api|media|composables|screens)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'a-screen-knows-no-other-screen',
      { path: '^src-renderer/screens/([^/]+)/' },
      { path: '^src-renderer/screens/', pathNot: '^src-renderer/screens/$1/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|test/results)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
}
