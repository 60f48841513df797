import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'

/** Staying signed in, as far as a computer without a keyring lets it. */
let desk: Desk
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  await desk.close()
})

/** What is sealed, in whichever file of secrets there is, those put aside included. */
function sealed(folder: string): unknown[] {
  const files = readdirSync(folder).filter((name) => name.startsWith('secrets'))
  return files.flatMap((name) => {
    const { sites } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { sites: Record<string, unknown> }
    return Object.values(sites)
  })
}

test('without a keyring nobody is offered to stay, the reason is said, signing in works and nothing is sealed', async () => {
  // Without a desktop's name and bus, Chromium finds no keyring wherever this runs, and seals under its own known key.
  const env = { XDG_CURRENT_DESKTOP: '', DESKTOP_SESSION: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
  desk = await openDesk({ simulator: { media: null }, env })
  const stay = desk.page.getByRole('checkbox', { name: 'Stay signed in' })
  await expect(desk.page.getByText('This computer has nowhere safe to keep it.')).toBeVisible()
  await expect(stay).toBeDisabled()
  await expect(stay).not.toBeChecked()
  const backend = await desk.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())
  expect(backend).toBe('basic_text')

  await desk.signIn()
  await expect(desk.page.getByRole('treeitem', { name: /Lobby/ })).toBeVisible()
  // Not even a page that asks for it against main's word is obeyed.
  const { user, password } = desk.simulator
  const again = await desk.page.evaluate(
    async (form) => {
      const listed = await window.bridge.call('listSites', undefined)
      if (!listed.ok) return listed
      const siteId = listed.value[0]!.id
      await window.bridge.call('signOut', { siteId })
      return window.bridge.call('signIn', { siteId, ...form, stay: true })
    },
    { user, password },
  )
  expect(again).toMatchObject({ ok: true })
  await desk.app.close()
  expect(sealed(desk.installed.dataFolder)).toEqual([])

  await desk.startAgain()
  await expect(desk.page.getByLabel('Password', { exact: true })).toBeVisible()
  expect(desk.simulator.state().loginsTried).toBe(2)
})
