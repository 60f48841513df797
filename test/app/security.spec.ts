import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { keepEvidence, openDesk, type Desk } from './fixture.ts'
import { openTrap, type NetworkTrap } from './network-trap.ts'

let desk: Desk
let trap: NetworkTrap
test.beforeAll(async () => {
  trap = await openTrap()
  desk = await openDesk({ simulator: { media: null } })
})
test.afterEach(async ({}, info) => {
  await keepEvidence(desk, info)
  expect(trap.caught).toEqual([])
})
test.afterAll(async () => {
  await desk.close()
  await trap.close()
})

test('the page has the bridge with its two verbs, and nothing of Node or Electron', async () => {
  const found = await desk.page.evaluate(() => ({
    bridge: Object.keys(window.bridge).sort(),
    node: [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'ipcRenderer',
    ].filter((name) => name in window),
    secure: window.isSecureContext,
    origin: location.origin,
  }))
  expect(found).toEqual({ bridge: ['call', 'on'], node: [], secure: true, origin: 'app://desk' })
})

test('the page cannot reach Node through the functions of the bridge', async () => {
  const found = await desk.page.evaluate(async () => {
    // Evaluated by a debugger, `eval` is allowed until the first turn of the event loop.
    await new Promise((resolve) => setTimeout(resolve))
    const { call } = window.bridge as unknown as { call: { constructor: (code: string) => () => unknown } }
    try {
      return typeof call.constructor('return process')()
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(found).toBe('EvalError')
})

test('the page runs isolated, in a sandboxed process of an ordinary user', async () => {
  const { wishes, pid } = await desk.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents
    // Not in the types, and not in every Electron.
    const known = contents as unknown as { getLastWebPreferences?: () => Electron.WebPreferences | null }
    return { wishes: known.getLastWebPreferences?.(), pid: contents.getOSProcessId() }
  })
  expect(wishes ?? null).toMatchObject({
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
  expect(statusOf(pid)).toMatchObject({ Seccomp: '2', NoNewPrivs: '1', Uid: expect.not.stringMatching(/^0\b/) })
  const main = desk.app.process().pid ?? 0
  expect(statusOf(main)).toMatchObject({ Uid: expect.not.stringMatching(/^0\b/) })
  for (const process of [pid, main])
    expect(readFileSync(`/proc/${process}/cmdline`, 'utf8')).not.toContain('no-sandbox')
})

/** What Linux knows of a process. */
function statusOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').trim().split('\n')
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2) as [string, string]))
}

test('the page is served with a policy that lets it load its own files and talk to no one', async () => {
  const headers = await desk.page.evaluate(async () => {
    const answer = await fetch(location.href)
    return ['content-security-policy', 'x-content-type-options', 'cross-origin-opener-policy'].map((name) =>
      answer.headers.get(name),
    )
  })
  const lines = (headers[0] ?? '').split('; ').map((line) => line.split(/ (.*)/).slice(0, 2) as [string, string])
  const policy = Object.fromEntries(lines)
  expect(policy).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data: snapshot:",
    'font-src': "'self'",
    'media-src': "'self' blob: mediastream:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-src': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'vue',
  })
  expect(headers.slice(1)).toEqual(['nosniff', 'same-origin'])
})

test('text never becomes script: no eval, no Function, no inline script, no handler, no foreign module', async () => {
  const outcome = await desk.page.evaluate(async (origin) => {
    await new Promise((resolve) => setTimeout(resolve))
    const attempt = async (what: () => unknown): Promise<string> => {
      try {
        return `done: ${String(await what())}`
      } catch (error) {
        return (error as Error).name
      }
    }
    const marks = window as unknown as Record<string, boolean>
    // eslint-disable-next-line no-unsanitized/method -- an attack has to be written to be refused
    const foreign = (address: string): Promise<unknown> => import(/* @vite-ignore */ address)
    const inline = document.createElement('script')
    await attempt(() => inline.append(document.createTextNode('window.ranInline = true')))
    await attempt(() => document.body.append(inline))
    const handler = document.createElement('img')
    await attempt(() => handler.setAttribute('onerror', 'window.ranHandler = true'))
    handler.src = '/nothing.png'
    document.body.append(handler)
    return {
      eval: await attempt(() => (0, eval)('1')),
      function: await attempt(() => Reflect.construct(Function, ['return 1'])),
      timer: await attempt(() => setTimeout('window.ranTimer = true' as unknown as () => void)),
      html: await attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      script: await attempt(() => (document.createElement('script').text = '1')),
      import: await attempt(() => foreign(`${origin}/evil.js`)),
      data: await attempt(() => foreign('data:text/javascript,window.ranData=true')),
      ran: ['ranInline', 'ranHandler', 'ranTimer', 'ranData'].filter((name) => marks[name]),
    }
  }, trap.origin)
  expect(outcome).toEqual({
    eval: 'EvalError',
    function: 'EvalError',
    timer: 'TypeError',
    html: 'TypeError',
    script: 'TypeError',
    import: 'TypeError',
    data: 'TypeError',
    ran: [],
  })
})

test('the page has no network', async () => {
  const outcome = await desk.page.evaluate(async (origin) => {
    const socket = origin.replace('http', 'ws')
    const settled = (target: EventTarget, good: string): Promise<string> =>
      new Promise((resolve) => {
        target.addEventListener(good, () => resolve('reached'))
        target.addEventListener('error', () => resolve('refused'))
      })
    const element = (name: string, properties: Record<string, string>, good = 'load'): Promise<string> => {
      const made = Object.assign(document.createElement(name), properties)
      const end = settled(made, good)
      document.head.append(made)
      return end
    }
    const fetched = (init?: RequestInit) =>
      fetch(origin, init).then(
        () => 'reached',
        () => 'refused',
      )
    const request = new XMLHttpRequest()
    const asked = settled(request, 'load')
    request.open('GET', origin)
    request.send()
    // A door closed by the policy throws or tells nobody; the trap itself is the witness.
    const silent = (what: () => unknown): string => {
      try {
        what()
        return 'refused'
      } catch {
        return 'refused'
      }
    }
    return {
      fetch: await fetched(),
      noCors: await fetched({ mode: 'no-cors' }),
      keepalive: await fetched({ keepalive: true, method: 'POST', body: 'secret' }),
      https: await fetch(origin.replace('http', 'https')).then(
        () => 'reached',
        () => 'refused',
      ),
      xhr: await asked,
      webSocket: await settled(new WebSocket(socket), 'open'),
      eventSource: await settled(new EventSource(origin), 'open'),
      image: await element('img', { src: `${origin}/i.png` }),
      style: await element('link', { rel: 'stylesheet', href: `${origin}/s.css` }),
      video: await element('video', { src: `${origin}/v.mp4` }, 'canplay'),
      preload: await element('link', { rel: 'preload', as: 'image', href: `${origin}/p.png` }),
      beacon: silent(() => navigator.sendBeacon(origin, 'secret')),
      prefetch: silent(() =>
        document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: origin })),
      ),
      preconnect: silent(() =>
        document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: origin })),
      ),
    }
  }, trap.origin)
  expect(new Set(Object.values(outcome)), JSON.stringify(outcome)).toEqual(new Set(['refused']))
})

test('no worker of the page outlives it or runs foreign code', async () => {
  const outcome = await desk.page.evaluate(async (origin) => {
    const name = async (what: () => unknown) => {
      try {
        await what()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    return {
      service: await name(() => navigator.serviceWorker.register('/index.js')),
      worker: await name(() => new Worker(`${origin}/w.js`)),
      blob: await name(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
    }
  }, trap.origin)
  expect(outcome.service).not.toBe('done')
  expect(outcome.worker).not.toBe('done')
  expect(outcome.blob).not.toBe('done')
})

test('paths that leave the folder of the page, and other hosts, are not found', async () => {
  const tricks = [
    'app://desk/',
    'app://desk/assets',
    'app://desk/../main/index.js',
    'app://desk/..%2fmain%2findex.js',
    'app://desk/%2e%2e/main/index.js',
    'app://desk/%2e%2e%2fmain%2findex.js',
    'app://desk/assets/..%2f..%2f..%2fmain/index.js',
    'app://desk/..%5cmain%5cindex.js',
    'app://desk/index.html%00',
    'app://desk/index.html%00.js',
    'app://desk//etc/passwd',
    'app://desk/%2fetc%2fpasswd',
    'app://desk/%E0%A4%A',
    'app://desk/../../package.json',
    'app://desk.evil/index.html',
    'app://evil/index.html',
  ]
  const statuses = await desk.app.evaluate(async ({ session }, addresses) => {
    const ours = session.fromPartition('desk')
    const statusOf = (address: string) =>
      ours.fetch(address).then(
        ({ status }) => status,
        (error: unknown) => String(error),
      )
    return Promise.all(
      ['app://desk/index.html', ...addresses].map(async (address) => [address, await statusOf(address)]),
    )
  }, tricks)
  expect(Object.fromEntries(statuses)).toEqual({
    'app://desk/index.html': 200,
    ...Object.fromEntries(tricks.map((address) => [address, 404])),
  })
})

test('every permission is refused but full screen', async () => {
  const answers = await desk.page.evaluate(async () => {
    const refused = async (what: () => Promise<unknown> | undefined): Promise<string> => {
      try {
        // What this computer does not have at all is refused too.
        const given = await what()
        if (given === undefined) throw new Error()
        return `granted: ${typeof given}`
      } catch (error) {
        return `refused: ${(error as Error).name}`
      }
    }
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'screen-wake-lock',
      'persistent-storage',
      'idle-detection',
      'storage-access',
      'window-management',
      'local-fonts',
      'background-sync',
    ]
    const states = await Promise.all(
      names.map(async (name) => {
        const asked = navigator.permissions.query({ name: name as PermissionName })
        return `${name} ${await asked.then(
          ({ state }) => state,
          () => 'unknown',
        )}`
      }),
    )
    const devices = navigator as unknown as Record<
      string,
      { requestDevice?: (wish: unknown) => Promise<unknown>; requestPort?: () => Promise<unknown> }
    >
    const requests = {
      place: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(`refused: ${code}`),
        )
      }),
      notify: `refused: ${await Notification.requestPermission()}`,
      camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refused(() => navigator.clipboard.readText()),
      midi: await refused(() => navigator.requestMIDIAccess({ sysex: true })),
      usb: await refused(() => devices.usb?.requestDevice?.({ filters: [] })),
      hid: await refused(
        async () =>
          ((await devices.hid?.requestDevice?.({ filters: [] })) as unknown[]).length ||
          Promise.reject(new Error('none')),
      ),
      serial: await refused(() => devices.serial?.requestPort?.()),
      bluetooth: await refused(() => devices.bluetooth?.requestDevice?.({ acceptAllDevices: true })),
    }
    return { granted: states.filter((line) => line.endsWith('granted')), requests }
  })
  expect(answers.granted).toEqual([])
  for (const [what, answer] of Object.entries(answers.requests)) expect(answer, what).toMatch(/^refused/)
  expect(answers.requests.notify).toBe('refused: denied')

  const isFull = await desk.page.evaluate(async () => {
    await document.documentElement.requestFullscreen()
    const isFull = document.fullscreenElement === document.documentElement
    await document.exitFullscreen()
    return isFull
  })
  expect(isFull).toBe(true)
})
