// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { useSession } from '../../../src-renderer/stores/session.ts'
import { clockElsewhere } from '../../../src-renderer/time/zone-text.ts'
import SearchScreen from '../../../src-renderer/screens/search/SearchScreen.vue'
import { cameraAnswers, openSite } from '../playback/support.ts'
import { FakeBridge } from '../support/fake-bridge.ts'
import { mountOnPage } from '../support/page.ts'

let shown: Awaited<ReturnType<typeof mountOnPage>> | undefined
afterEach(() => {
  shown?.unmount()
  shown = undefined
  document.body.replaceChildren()
})

/** What the screen of bookmarks says where its site's server is in that zone. */
async function saidOf(timeZone: string | undefined): Promise<string> {
  const answers = { ...cameraAnswers(), findBookmarks: async () => ({ bookmarks: [], next: null }) }
  Object.assign(window, { bridge: new FakeBridge(answers) })
  shown = await mountOnPage(SearchScreen, {})
  useSession().siteListChanged([{ ...openSite(), ...(timeZone && { timeZone }) }])
  await flushPromises()
  return document.body.textContent
}

describe('a screen whose times are this computer’s', () => {
  it('says what clocks at the site show, where that is another time', async () => {
    const [zone, name] =
      clockElsewhere('Asia/Tokyo', Date.now()) === null ? ['UTC', 'UTC'] : ['Asia/Tokyo', 'Tokyo Standard Time']
    const said = await saidOf(name)
    const there = clockElsewhere(zone, Date.now())!
    expect(said).toContain('Times are this computer’s')
    expect(said).toMatch(new RegExp(`is (\\w{3} )?${there.slice(-5, -2)}\\d\\d at ${openSite().name}`))
  })

  it('says nothing where the site does not tell its zone, or has the same', async () => {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
    for (const zone of [undefined, own]) {
      expect(await saidOf(zone)).not.toContain('Times are this computer’s')
      shown?.unmount()
    }
  })
})
