import { defaultSettings } from '../../src-preload/contract/default-settings.ts'
import { AppError } from '../../src-preload/contract/failure.ts'
import type { SiteId } from '../../src-preload/contract/models/ids.ts'
import type { ProfileDraft, ProfileOrigin } from '../../src-preload/contract/models/profile.ts'
import { parseOrigin } from '../storage/origin.ts'
import { oddityOf } from '../storage/parse-profile.ts'
import { settingsOf } from '../storage/profile-settings.ts'
import { SiteProfile } from '../storage/profile.ts'
import { waysDraft, waysOf } from './recording-ways-draft.ts'

/** A profile as a person edits it: every value said, no pin and no certificate. */
export function draftOf(profile: SiteProfile): ProfileDraft {
  const { name, gateway, idp = null, recorders = [], user = null, view = null, tray } = profile
  return {
    name,
    gateway,
    idp,
    recorders,
    trustModes: {},
    user,
    view,
    tray: tray?.cameras ?? [],
    startAtLogOn: tray?.startAtLogOn ?? false,
    singleShotPath: profile.singleShotPath ?? null,
    recordingWays: waysDraft(profile.recordingWays),
    ...settingsOf(profile),
  }
}

/** Every address of a profile, what it does and how it is trusted. */
export function originsShown({ gateway, idp, recorders = [], trust }: SiteProfile): ProfileOrigin[] {
  const all = [...gateway, ...(idp === undefined ? [] : [idp]), ...recorders]
  return [...new Set(all)].map((origin) => {
    const agreed = trust[origin]
    const roles: ProfileOrigin['roles'] = []
    if (gateway.includes(origin)) roles.push('gateway')
    if (idp === origin) roles.push('idp')
    if (recorders.includes(origin)) roles.push('recorder')
    const pins = agreed?.mode === 'pin' ? agreed : { pins: [], next: [] }
    return { origin, roles, mode: agreed?.mode ?? 'none', pins: pins.pins, next: pins.next ?? [] }
  })
}

/** What a draft starts from: a profile, or nothing but a new id. */
export type Start = SiteProfile | { version: 1; id: SiteId; trust: SiteProfile['trust'] }

/**
 * The profile a draft makes of another. Trust of addresses that stay is kept; a new address begins without.
 *
 * Throws AppError bad-field naming the first place in the draft that does not hold.
 */
export function withDraft(before: Start, draft: ProfileDraft): SiteProfile {
  const old: Partial<SiteProfile> = before
  const { name, gateway, recorders, view } = draft
  const recordingWays = waysOf(old.recordingWays, draft.recordingWays)
  const settings = {
    signIn: unusual(old.signIn, draft.signIn, defaultSettings.signIn),
    recording: unusual(old.recording, draft.recording, defaultSettings.recording),
    policy: unusual(old.policy, draft.policy, defaultSettings.policy),
  }
  const wished = {
    ...(old.$schema !== undefined && { $schema: old.$schema }),
    version: before.version,
    id: before.id,
    name,
    gateway,
    ...(isSaid(draft.idp) && { idp: draft.idp }),
    ...(recorders.length > 0 && { recorders }),
    trust: before.trust,
    ...(settings.signIn && { signIn: settings.signIn }),
    ...(isSaid(draft.user) && { user: draft.user }),
    ...(view && { view }),
    ...(settings.recording && { recording: settings.recording }),
    ...(recordingWays && { recordingWays }),
    ...trayOf(old.tray, draft),
    ...(settings.policy && { policy: settings.policy }),
    ...(isSaid(draft.singleShotPath) && { singleShotPath: draft.singleShotPath }),
  }
  for (const [field, value] of Object.entries(wished)) {
    const problem = field === 'trust' ? undefined : oddityOf(value)
    if (problem) throw badField(field, problem)
  }
  const checked = SiteProfile.safeParse(wished)
  if (checked.success) return withTrustModes(checked.data, draft.trustModes)
  const [{ path, message } = { path: [], message: 'does not hold' }] = checked.error.issues
  throw badField(path.join('.').replace(/^tray\.cameras/, 'tray'), message)
}

/** Trust of the profile's own addresses, with the changes a person may make without an administrator's file. */
function withTrustModes(profile: SiteProfile, wished: ProfileDraft['trustModes']): SiteProfile {
  const { gateway, idp, recorders = [] } = profile
  const addresses = new Set([...gateway, ...(idp === undefined ? [] : [idp]), ...recorders])
  const trust = new Map(Object.entries(profile.trust).filter(([origin]) => addresses.has(origin)))
  for (const [typed, mode] of Object.entries(wished)) {
    const origin = parseOrigin(typed)
    if (origin === undefined || !addresses.has(origin))
      throw badField('trustModes', 'names an address the site does not have')
    if (trust.get(origin)?.mode === 'ca') throw badField('trustModes', 'an authority is changed in the file only')
    if (mode === 'system') trust.set(origin, { mode })
    // A pin is agreed on at first contact, never typed.
    else if (trust.get(origin)?.mode === 'system') trust.delete(origin)
  }
  return { ...profile, trust: Object.fromEntries(trust) }
}

/** Said where it says something, or said something before. */
function trayOf(
  before: SiteProfile['tray'],
  { tray: cameras, startAtLogOn }: Pick<ProfileDraft, 'tray' | 'startAtLogOn'>,
): Pick<SiteProfile, 'tray'> {
  const said = startAtLogOn || before?.startAtLogOn !== undefined ? { startAtLogOn } : {}
  return cameras.length > 0 || 'startAtLogOn' in said ? { tray: { cameras, ...said } } : {}
}

/** What a file has to say: what it said before, and what is not as usual. */
function unusual<T extends object>(before: object | undefined, now: T, usual: T): Partial<T> | undefined {
  const said = Object.entries(now).filter(
    ([key, value]) => (before && key in before) || value !== (usual as Record<string, unknown>)[key],
  )
  return said.length > 0 ? (Object.fromEntries(said) as Partial<T>) : undefined
}

const isSaid = (text: string | null): text is string => text !== null && text.trim() !== ''

const badField = (field: string, problem: string): AppError => new AppError({ kind: 'bad-field', field, problem })
