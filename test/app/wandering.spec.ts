import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'
import { openTrap, type NetworkTrap } from './network-trap.ts'

/** The page stays where it is and opens nothing, whatever it is made to try. */
let desk: Desk
let trap: NetworkTrap
test.beforeAll(async () => {
  trap = await openTrap()
  desk = await openDesk({ simulator: { media: null } })
  await desk.app.evaluate(({ BrowserWindow }) => {
    const tried: string[] = []
    BrowserWindow.getAllWindows()[0]!.webContents.on('will-frame-navigate', ({ url }) => tried.push(url))
    Object.assign(globalThis, { tried })
  })
  await desk.page.evaluate(() => Object.assign(window, { isStillMe: true }))
})
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  const isStillMe = await desk.page.evaluate(() => (window as unknown as { isStillMe?: true }).isStillMe ?? false)
  expect([isStillMe, desk.page.url(), desk.app.windows().length, trap.caught]).toEqual([
    true,
    'app://desk/index.html',
    1,
    [],
  ])
})
test.afterAll(async () => {
  await desk.close()
  await trap.close()
})

/** Waits until Electron was asked to go there: only then has it been refused. */
const wasTried = (address: string) =>
  expect.poll(() => desk.app.evaluate(() => (globalThis as unknown as { tried: string[] }).tried)).toContain(address)

test('window.open gives nothing', async () => {
  const opened = await desk.page.evaluate(
    (origin) => [origin, 'app://desk/index.html', 'about:blank', ''].map((address) => window.open(address) === null),
    trap.origin,
  )
  expect(opened).toEqual([true, true, true, true])
  const contents = await desk.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  expect(contents).toBe(1)
})

const ways: Record<string, (address: string) => void> = {
  'a new location': (address) => (location.href = address),
  'location.replace': (address) => location.replace(address),
  'a link': (address) => {
    const link = Object.assign(document.createElement('a'), { href: address })
    document.body.append(link)
    link.click()
    link.remove()
  },
  'a meta refresh': (address) => {
    const meta = document.createElement('meta')
    meta.httpEquiv = 'refresh'
    meta.content = `0;url=${address}`
    document.head.append(meta)
  },
}
for (const [name, go] of Object.entries(ways)) {
  test(`${name} leads nowhere`, async () => {
    for (const target of [`${trap.origin}/${name.length}`, `app://desk/other-${name.length}.html`]) {
      await desk.page.evaluate(go, target)
      await wasTried(target)
    }
  })
}

test('a link that asks for a new window, and one that asks for a download, give neither', async () => {
  await desk.app.evaluate(({ session }) => {
    const begun: string[] = []
    session.fromPartition('desk').on('will-download', (_event, item) => begun.push(item.getURL()))
    Object.assign(globalThis, { begun })
  })
  await desk.page.evaluate((origin) => {
    for (const more of [{ target: '_blank' }, { target: '_top' }, { download: 'x' }, { ping: origin }]) {
      const link = document.createElement('a')
      Object.assign(link, { href: `${origin}/link`, ...more })
      document.body.append(link)
      link.click()
      link.remove()
    }
  }, trap.origin)
  await wasTried(`${trap.origin}/link`)
  expect(await desk.app.evaluate(() => (globalThis as unknown as { begun: string[] }).begun)).toEqual([])
})

test('a form is not sent', async () => {
  const broken = await desk.page.evaluate((origin) => {
    const refused = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective)),
    )
    const form = Object.assign(document.createElement('form'), { action: `${origin}/form`, method: 'post' })
    document.body.append(form)
    form.submit()
    form.remove()
    return refused
  }, trap.origin)
  expect(broken).toBe('form-action')
})

test('a file dropped on the window is not opened', async () => {
  const file = path.join(desk.installed.folder, 'dropped.html')
  writeFileSync(file, '<h1>dropped</h1>')
  await desk.page.evaluate(() =>
    document.addEventListener('dragover', () => Object.assign(window, { wasDraggedOver: true }), { once: true }),
  )
  const tools = await desk.page.context().newCDPSession(desk.page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await tools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  await tools.detach()
  await expect.poll(() => desk.page.evaluate(() => 'wasDraggedOver' in window)).toBe(true)
})

test('there are no frames and no webviews', async () => {
  const outcome = await desk.page.evaluate(async (origin) => {
    const frame = async (source: string) => {
      const made = Object.assign(document.createElement('iframe'), { src: source })
      const settled = new Promise((resolve) => made.addEventListener('load', resolve))
      document.body.append(made)
      await settled
      const inside = made.contentWindow
      let seen = 'nothing'
      try {
        if (inside?.bridge) seen = 'the bridge'
        if (inside?.location.href.startsWith(source)) seen = 'the page'
      } catch {
        seen = 'an error page'
      }
      made.remove()
      return seen
    }
    const view = Object.assign(document.createElement('webview'), { src: origin })
    document.body.append(view)
    const isPlain = !('getURL' in view)
    view.remove()
    return { isPlain, own: await frame('app://desk/index.html'), foreign: await frame(origin) }
  }, trap.origin)
  expect(outcome).toEqual({ isPlain: true, own: 'an error page', foreign: 'an error page' })
  expect(await desk.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
})
