import path from 'node:path'
import { defineConfig } from 'eslint/config'
import noUnsanitized from 'eslint-plugin-no-unsanitized'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const root = path.join(import.meta.dirname, '..')

/** Words that may stand in one file only (house.md section 13). */
const forbidden = {
  unverifiedTls: {
    selector: "Property[key.name='rejectUnauthorized'] > Literal[value=false]",
    message: 'Only trust/connector.ts may accept a certificate the system refuses; it judges it itself.',
  },
  nodeInPage: {
    selector:
      "Property[key.name='nodeIntegration'] > Literal[value=true], Property[key.name='webSecurity'] > Literal[value=false]",
    message: 'The page has no Node and keeps web security.',
  },
  runText: {
    selector: "CallExpression[callee.property.name='executeJavaScript']",
    message: 'No code is sent to the page as text.',
  },
  send: {
    selector: "CallExpression[callee.object.property.name='webContents'][callee.property.name='send']",
    message: 'Facts are announced by electron/announce.ts only.',
  },
  ipc: { selector: "ImportSpecifier[imported.name='ipcMain']", message: 'Calls come in by electron/door.ts only.' },
  defaultExport: { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
} as const

const without = (...names: (keyof typeof forbidden)[]): ['error', ...object[]] => [
  'error',
  ...Object.entries(forbidden)
    .filter(([name]) => !names.includes(name as keyof typeof forbidden))
    .map(([, rule]) => rule),
]

export default defineConfig(
  { ignores: ['out/**', 'dist/**', 'test/results/**', 'node_modules/**', '**/*.cjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  noUnsanitized.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue', '**/*.mjs'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        projectService: { allowDefaultProject: [] },
        tsconfigRootDir: root,
        extraFileExtensions: ['.vue'],
      },
      globals: { ...globals.node, ...globals.browser },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/unified-signatures': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': without(),
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src-main/trust/connector.ts', 'src-main/trust/probe.ts'],
    rules: { 'no-restricted-syntax': without('unverifiedTls') },
  },
  { files: ['src-main/electron/announce.ts'], rules: { 'no-restricted-syntax': without('send') } },
  { files: ['src-main/electron/door.ts'], rules: { 'no-restricted-syntax': without('ipc') } },
  {
    files: ['test/**'],
    rules: { 'no-restricted-syntax': without('unverifiedTls', 'runText', 'defaultExport'), 'no-console': 'off' },
  },
  {
    files: ['build/**', '**/*.vue', '**/env.d.ts'],
    rules: { 'no-restricted-syntax': without('defaultExport'), 'no-console': 'off' },
  },
  // The loader imports the app it is told to run: that is all it is for.
  { files: ['build/electron-loader.mjs'], rules: { 'no-unsanitized/method': 'off' } },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
)
