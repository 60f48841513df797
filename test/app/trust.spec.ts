import { expect, test } from '@playwright/test'
import { findElectron } from '../../build/electron.mjs'
import { attacksIn } from '../unit/trust/support/attacks-in.ts'

/** Attacks that need a server BoringSSL cannot be: weak keys and old TLS. They run in plain Node. */
const notPlayable = ['A08', 'A09', 'A11e']

test('no attack on the pinned connection gets through inside Electron, whose TLS library is another', async () => {
  const { executable } = await findElectron()
  const lines = await attacksIn(executable)
  expect(lines.filter(({ ran }) => ran === false).map(({ id }) => id)).toEqual(notPlayable)
  expect(lines.filter(({ ran, ok }) => ran !== false && ok !== true)).toEqual([])
  expect(lines.length).toBeGreaterThan(40)
})
