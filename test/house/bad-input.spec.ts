import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { openHouse, type House, type HouseWish } from './harness.ts'

/** Every bad thing a server or a person can do at the start: what is said, what was sent, and what stays on screen. */
let house: House
test.afterEach(async () => {
  const told = house.log.lines.join('\n')
  expect(told).not.toContain(house.simulator.password)
  expect(told).not.toContain('not-the-password')
  expect(await house.page.locator('body').innerText()).not.toMatch(/undefined|\[object|at .*\.(ts|js):\d+/)
  await house.close()
})

const open = async (wish: HouseWish = {}): Promise<House> =>
  (house = await openHouse({ ...wish, simulator: { media: null, ...wish.simulator } }))
const says = (page: Page, words: string | RegExp) => expect(page.locator('body')).toContainText(words)
const cameraRow = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(name) })

test('a wrong address: nobody answers there', async () => {
  await open({ profile: { gateway: 'https://127.0.0.1:9' } })
  await house.signIn('not-the-password')
  await says(house.page, 'the server on it is not running')
  await expect(house.page.getByLabel('Password', { exact: true })).toHaveValue('not-the-password')
})

test('a plain-HTTP port: nothing is sent to it', async () => {
  const heard: string[] = []
  const plain = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.end('hello')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => plain.once('listening', resolve))
  const { port } = plain.address() as AddressInfo
  try {
    await open({ profile: { gateway: `https://127.0.0.1:${port}` } })
    await house.signIn('not-the-password')
    await says(house.page, 'without encryption')
    expect(heard).toEqual([])
  } finally {
    plain.close()
  }
})

test('a wrong password is tried exactly once', async () => {
  await open()
  await house.signIn('not-the-password')
  await says(house.page, 'The user name or the password is wrong.')
  expect(house.simulator.state().loginsTried).toBe(1)
  await expect(house.page.getByLabel('User name', { exact: true })).toHaveValue(house.simulator.user)
})

test('a locked account is called locked', async () => {
  await open()
  await house.simulator.act({ do: 'lock-users' })
  await house.signIn()
  await says(house.page, 'has locked this account')
  expect(house.simulator.state().loginsTried).toBe(1)
})

test('an impostor gets a handshake and not one byte more', async () => {
  await open({ profile: { sha256: 'a'.repeat(64) } })
  await house.signIn()
  await says(house.page, 'This server is not the one that was trusted. Nothing has been sent to it.')
  expect(house.simulator.state().applicationBytes).toBe(0)
})

test('a certificate that changes during work: nothing is sent, what was listed stays', async () => {
  await open()
  await house.signIn()
  await expect(cameraRow(house.page, 'Lobby')).toBeVisible()
  await house.simulator.act({ do: 'swap-certificate', cutConnections: true })
  await cameraRow(house.page, 'Lobby').dblclick()
  await says(house.page, /certificate|identity/i)
  const before = house.simulator.state().applicationBytes
  await expect(cameraRow(house.page, 'Lobby')).toBeVisible()
  expect(house.simulator.state().applicationBytes).toBe(before)
})

const answers = [
  {
    name: 'HTML instead of JSON',
    answer: { status: 200, body: 'html' as const },
    words: 'a web page instead of data',
  },
  {
    name: 'truncated JSON',
    answer: { status: 200, body: 'truncated-json' as const },
    words: 'arrived damaged or incomplete',
  },
  { name: 'a server behind a broken gateway', answer: { status: 503, body: 'html' as const }, words: /busy/ },
]
for (const { name, answer, words } of answers) {
  test(`${name} in place of the camera list is said in the tree`, async () => {
    await open()
    house.simulator.addFault({ kind: 'path', path: '/api/rest/v1/cameras*', answer })
    await house.signIn()
    await says(house.page, words)
    house.simulator.removeFaults()
    // The client tries again by itself too, and may be quicker than the click.
    await expect(async () => {
      const again = house.page.getByRole('button', { name: 'Try again' }).first()
      if (await again.isVisible()) await again.click({ timeout: 1_000 })
      await expect(cameraRow(house.page, 'Lobby')).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 20_000 })
  })
}

test('HTML in place of a token', async () => {
  await open()
  house.simulator.addFault({ kind: 'path', path: '/api/idp/connect/token', answer: { status: 200, body: 'html' } })
  await house.signIn()
  await says(house.page, 'a web page instead of data')
})

test('a name of 10 MB is too much of an answer, and is said to be', async () => {
  await open()
  house.simulator.addFault({ kind: 'camera-name', camera: 1, name: 'x', repeat: 10 * 1024 * 1024 })
  await house.signIn()
  await says(house.page, /too (large|long|much)|larger than/i)
})

test('names with markup are names', async () => {
  await open()
  house.simulator.addFault({
    kind: 'camera-name',
    camera: 1,
    name: '<img src=x onerror="document.title=\'owned\'"> {{7*7}}',
  })
  await house.signIn()
  await says(house.page, '<img src=x')
  await says(house.page, '{{7*7}}')
  expect(await house.page.title()).toBe('Watchpost')
  expect(await house.page.locator('img').count()).toBe(0)
})

test('one bad camera costs one camera', async () => {
  await open()
  house.simulator.addFault({ kind: 'bad-camera', camera: 1, how: 'no-id' })
  await house.signIn()
  await expect(cameraRow(house.page, 'Lobby')).toBeVisible()
  await says(house.page, 'one camera could not be read')
})

test('a server gone in the middle of the list: what was read stays', async () => {
  await open({ simulator: { cameras: 1200 } })
  house.simulator.addFault({ kind: 'path', path: '*/cameras', delayMs: 1500 })
  await house.signIn()
  await says(house.page, 'Reading the list, 500 so far')
  await house.simulator.act({ do: 'stop' })
  await says(house.page, 'The list may be incomplete')
  await expect(cameraRow(house.page, 'Car park north')).toBeVisible()
})

test('a refused session says what the server said', async () => {
  await open()
  house.simulator.addFault({ kind: 'refuse-session', camera: 'Lobby', status: 400, text: 'No licence for this camera' })
  await house.signIn()
  await expect(house.page.locator('[data-tile][aria-label*="Lobby,"]')).toContainText('No licence for this camera', {
    timeout: 40_000,
  })
})
