import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktopEntry } from '../../../src-main/electron/desktop-entry.ts'
import { busSocket, hasNameOnBus } from '../../../src-main/electron/session-bus.ts'
import { startSessionBus, type SessionBus } from '../../support/session-bus.ts'

const NAME = 'org.kde.StatusNotifierWatcher'
let bus: SessionBus
beforeAll(async () => {
  bus = await startSessionBus()
})
afterAll(() => bus.stop())

describe('the bus of the session', () => {
  it('tells whether somebody has a name, before and after', async () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: bus.address }
    const before = await hasNameOnBus(NAME, env, 5_000)
    await bus.own(NAME)
    expect([before, await hasNameOnBus(NAME, env, 5_000)]).toEqual([false, true])
  })
  it('knows nobody where there is no bus, or no word of one', async () => {
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    expect([await hasNameOnBus(NAME, nowhere, 5_000), await hasNameOnBus(NAME, {}, 5_000)]).toEqual([false, false])
  })
  it('is looked for where the environment says, or where systemd puts it', () => {
    const found = [
      { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/bus,guid=ab12' },
      { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x,guid=ab12;tcp:host=127.0.0.1' },
      { XDG_RUNTIME_DIR: '/run/user/1000' },
      {},
    ].map(busSocket)
    expect(found).toEqual(['/tmp/bus', '\0/tmp/dbus-x', '/run/user/1000/bus', undefined])
  })
})

describe('the file that starts the program at log-on', () => {
  it('names the program so that blanks, quotes and percent signs survive', () => {
    const [exec] = desktopEntry(['/opt/My "100%" $App\\x', '--hidden']).match(/^Exec=.*$/m)!
    expect(exec).toBe('Exec="/opt/My \\\\"100%%\\\\" \\\\$App\\\\\\\\x" "--hidden"')
  })
})
