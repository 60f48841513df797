import type { Desk } from './fixture.ts'

/** What the tray shows and said, as Electron was given it. */
export interface TraySight {
  tooltip: string
  /** Labels of the menu, those of submenus after a slash. */
  menu: string[]
  notices: { title: string; body: string }[]
}

/**
 * Stands beside the tray: a test cannot see a panel, so what Electron is given for it is written down on its way. To be
 * called before the tray has changed for the first time, and before what is asked of it.
 */
export async function watchTray(desk: Desk): Promise<void> {
  await desk.app.evaluate(({ Tray, Notification }) => {
    const sight = { tooltip: '', notices: [] as unknown[] }
    const held: { tray?: Electron.Tray; menu?: Electron.Menu } = {}
    Object.assign(globalThis, { sight, held })
    const setToolTip: (this: Electron.Tray, text: string) => void = Reflect.get(Tray.prototype, 'setToolTip')
    const setContextMenu: (this: Electron.Tray, menu: Electron.Menu | null) => void = Reflect.get(
      Tray.prototype,
      'setContextMenu',
    )
    Tray.prototype.setToolTip = function (text) {
      held.tray = this
      sight.tooltip = text
      setToolTip.call(this, text)
    }
    Tray.prototype.setContextMenu = function (menu) {
      held.tray = this
      if (menu) held.menu = menu
      setContextMenu.call(this, menu)
    }
    const show: (this: Electron.Notification) => void = Reflect.get(Notification.prototype, 'show')
    Notification.prototype.show = function () {
      sight.notices.push({ title: this.title, body: this.body })
      show.call(this)
    }
  })
}

export const traySight = (desk: Desk): Promise<TraySight> =>
  desk.app.evaluate(() => {
    const { sight, held } = globalThis as unknown as {
      sight: { tooltip: string; notices: { title: string; body: string }[] }
      held: { menu?: Electron.Menu }
    }
    const labels = (menu: Electron.Menu | undefined, before = ''): string[] =>
      (menu?.items ?? [])
        .filter(({ type }) => type !== 'separator')
        .flatMap(({ label, submenu }) => [before + label, ...labels(submenu, `${label}/`)])
    return { ...sight, menu: labels(held.menu) }
  })

/** Clicks the picture, as often as wanted. */
export const clickTray = (desk: Desk, times = 1): Promise<void> =>
  desk.app.evaluate((_electron, count) => {
    const { held } = globalThis as unknown as { held: { tray: Electron.Tray } }
    for (let click = 0; click < count; click += 1) held.tray.emit('click')
  }, times)

/** Chooses the line of the menu that begins so; `Site/Line` where it is in a submenu. */
export const chooseInTray = (desk: Desk, line: string): Promise<void> =>
  desk.app.evaluate((_electron, wanted) => {
    const { held } = globalThis as unknown as { held: { menu: Electron.Menu } }
    let menu: Electron.Menu | undefined = held.menu
    const steps = wanted.split('/')
    for (const step of steps.slice(0, -1)) menu = menu?.items.find(({ label }) => label === step)?.submenu
    const item = menu?.items.find(({ label }) => label.startsWith(steps.at(-1)!))
    if (!item) throw new Error(`The tray has no line ${wanted}.`)
    const { click } = item as unknown as { click: () => void }
    click()
  }, line)
