import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { leaksOf, openHouse, type House } from './harness.ts'

/** What main and the page tell each other and write down, with passwords that stand out. */
let house: House
test.afterEach(() => house.close())

const password = 'Kanarienvögel/"singen"+19 & «leise»?'
const mistyped = 'Kanarienvögel/"fliegen"+20 & «laut»?'

test('no password and no token is in a line of the log, a message, a console or a file, whatever happened to the site', async () => {
  const folder = test.info().outputPath('imported')
  const env = `${folder}.env`
  house = await openHouse({
    simulator: { media: null, password },
    dialogs: { chooseFile: async () => env, chooseTarget: async () => null, chooseFolder: async () => null },
  })
  const { page, simulator } = house
  const lobby = page.getByRole('treeitem', { name: /Lobby/ })
  await house.signIn(mistyped)
  await expect(page.getByText('The user name or the password is wrong.')).toBeVisible()
  await house.signIn()
  await expect(lobby).toBeVisible()

  // Every call from now on is refused once, and the token that comes instead is new.
  await simulator.act({ do: 'expire-tokens' })
  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('button', { name: 'Reload cameras' }).click()
  await expect.poll(() => simulator.state().refreshesGranted).toBe(1)
  // A refusal that says the token back is left without its words.
  const token = house.secrets.findLast((secret) => secret.startsWith('eyJ'))
  simulator.addFault({
    kind: 'path',
    path: '/api/rest/v1/cameras*',
    answer: {
      status: 400,
      body: 'own',
      text: JSON.stringify({ error: { errorText: `Bearer ${token} is not welcome` } }),
    },
  })
  await page.getByRole('button', { name: 'Reload cameras' }).click()
  await expect(page.getByRole('alert')).toContainText('The server said no and gave no reason.')
  simulator.removeFaults()

  const swapped = (await simulator.act({ do: 'swap-certificate', cutConnections: true })) as { sha256: string }
  await page.getByRole('button', { name: 'Reload cameras' }).click()
  await page.getByLabel('Last 8 characters of the new fingerprint').fill(swapped.sha256.slice(-8))
  await page.getByRole('button', { name: 'Trust the new certificate' }).click()
  await house.signIn()
  await expect(lobby).toBeVisible()

  await page.getByRole('button', { name: 'Sites' }).click()
  writeFileSync(
    env,
    `MILESTONE_BASE_URL=${simulator.gateway}\nMILESTONE_USERNAME=operator\nMILESTONE_PASSWORD='${password}'\n`,
  )
  await page.getByRole('button', { name: 'Import…' }).click()
  await expect(page.getByText('The file holds a password.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()

  // The record is one of the whole run, and of both directions.
  const told = house.messages.join('\n')
  expect(told).toContain('["answer","signIn",{"ok":false,"failure":{"kind":"wrong-password"')
  for (const line of [
    '["answer","signIn",{"ok":true',
    '["call","pinSite",{',
    '["answer","signOut",{"ok":true',
    '["event:siteChanged",{',
  ])
    expect(told).toContain(line)
  // Two passwords, and a token and its successor of each of three grants.
  expect(new Set(house.secrets).size).toBe(8)
  expect(house.secrets).toContain(mistyped)
  expect(leaksOf(house)).toEqual([])

  // What is looked for would be found, in each place.
  const planted = path.join(house.folder, 'planted')
  for (const secret of new Set(house.secrets)) {
    writeFileSync(planted, `before ${secret} after`)
    house.log.lines.push(secret)
    house.console.push(secret)
    house.messages.push(JSON.stringify(['event:siteChanged', { name: secret }]))
    const places = leaksOf(house).map((leak) => leak.split(': ')[0])
    expect([...new Set(places)].sort()).toEqual([planted, 'console', 'log', 'messages'])
    for (const lines of [house.log.lines, house.console, house.messages]) lines.pop()
  }
  rmSync(planted)
})
