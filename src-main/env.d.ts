/** Put in by the build. */
declare const __VERSION__: string

/** Vite's: the files a pattern names, each with what it is imported as. */
interface ImportMeta {
  glob: (pattern: string, how: { query: '?inline'; import: 'default'; eager: true }) => Record<string, string>
}
