import type { SiteProfile } from '../storage/profile.ts'
import type { CaptureWish } from '../xprotect/capture/capture.ts'

/** What a capture must know of a site to hide it: where its servers are, what it is called here, and who signed in. */
export function captureOf({ name, gateway, idp }: SiteProfile, user: string, probes: string[]): CaptureWish {
  const origins = idp === undefined ? gateway : [...gateway, idp]
  return {
    probes,
    hosts: origins.map((origin) => new URL(origin).hostname),
    names: [name, user, user.split('\\').at(-1) ?? ''],
    at: new Date().toISOString().slice(0, 10),
  }
}
