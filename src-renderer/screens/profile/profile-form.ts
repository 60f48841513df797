import { defaultSettings } from '../../../src-preload/contract/default-settings.ts'
import type {
  ProfileDraft,
  ProfileOrigin,
  ProfileShown,
  SiteSettings,
} from '../../../src-preload/contract/models/profile.ts'

/** A length of time as it is typed: a number and what it counts. */
export interface Length {
  typed: string
  unit: 'seconds' | 'minutes'
}

/** A profile as it stands in the form: texts as typed. */
export interface ProfileForm {
  name: string
  user: string
  gateway: string[]
  idp: string
  recorders: string[]
  singleShotPath: string
  trustModes: ProfileDraft['trustModes']
  signIn: SiteSettings['signIn']
  view: { shows: 'usual' | 'first' | 'listed'; rows: number; columns: number; listed: ListedCameras }
  recording: Pick<SiteSettings['recording'], 'method' | 'bookmarkAtEnd'> &
    Record<'usual' | 'shortest' | 'longest', Length>
  policy: SiteSettings['policy']
  tray: ProfileDraft['tray']
  startAtLogOn: boolean
  recordingWays: ProfileDraft['recordingWays']
}

type ListedCameras = Exclude<NonNullable<ProfileDraft['view']>['cameras'], 'first'>

/** What is wrong with the form, by the place in the draft as main names it. */
export type Problems = Record<string, string>

/** A new site. */
export const emptyForm = (): ProfileForm => ({
  name: '',
  user: '',
  gateway: [''],
  idp: '',
  recorders: [],
  singleShotPath: '',
  trustModes: {},
  signIn: { ...defaultSettings.signIn },
  view: { shows: 'usual', rows: 3, columns: 3, listed: [] },
  recording: recordingTyped(defaultSettings.recording),
  policy: { ...defaultSettings.policy },
  tray: [],
  startAtLogOn: false,
  recordingWays: { events: [], outputs: [] },
})

export function formOf({ draft }: ProfileShown): ProfileForm {
  const { name, gateway, recorders, signIn, policy, tray, startAtLogOn, recordingWays, view, recording } =
    structuredClone(draft)
  const listed = view && view.cameras !== 'first' ? view.cameras : []
  return {
    name,
    user: draft.user ?? '',
    gateway,
    idp: draft.idp ?? '',
    recorders,
    singleShotPath: draft.singleShotPath ?? '',
    trustModes: {},
    signIn,
    view: {
      shows: !view ? 'usual' : view.cameras === 'first' ? 'first' : 'listed',
      rows: view?.rows ?? 3,
      columns: view?.columns ?? 3,
      listed,
    },
    recording: recordingTyped(recording),
    policy,
    tray,
    startAtLogOn,
    recordingWays,
  }
}

const recordingTyped = (recording: SiteSettings['recording']): ProfileForm['recording'] => ({
  method: recording.method,
  usual: lengthOf(recording.defaultSeconds),
  shortest: lengthOf(recording.minSeconds),
  longest: lengthOf(recording.maxSeconds),
  bookmarkAtEnd: recording.bookmarkAtEnd,
})

/** What main is asked to save; `NaN` stands where no length was typed, see `badLengths`. */
export function draftOf(form: ProfileForm): ProfileDraft {
  const { view, recording } = form
  const idp = originTyped(form.idp)
  const addresses = new Set(addressesOf(form))
  return {
    name: form.name.trim(),
    gateway: form.gateway.map(originTyped),
    idp: idp === '' ? null : idp,
    recorders: form.recorders.map(originTyped),
    singleShotPath: form.singleShotPath.trim() === '' ? null : form.singleShotPath.trim(),
    trustModes: Object.fromEntries(Object.entries(form.trustModes).filter(([address]) => addresses.has(address))),
    user: form.user.trim() === '' ? null : form.user.trim(),
    view:
      view.shows === 'usual'
        ? null
        : { rows: view.rows, columns: view.columns, cameras: view.shows === 'first' ? 'first' : [...view.listed] },
    tray: [...form.tray],
    startAtLogOn: form.startAtLogOn,
    recordingWays: {
      events: form.recordingWays.events.map((way) => ({ ...way, cameras: [...way.cameras] })),
      outputs: form.recordingWays.outputs.map((way) => ({ ...way, cameras: [...way.cameras] })),
    },
    signIn: { ...form.signIn },
    recording: {
      method: recording.method,
      defaultSeconds: secondsOf(recording.usual),
      minSeconds: secondsOf(recording.shortest),
      maxSeconds: secondsOf(recording.longest),
      bookmarkAtEnd: recording.bookmarkAtEnd,
    },
    policy: { ...form.policy },
  }
}

/** `vms.example` means `https://vms.example`: what people type. Everything else stays as it is, for main to judge. */
export function originTyped(typed: string): string {
  const address = typed.trim()
  return address === '' || /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`
}

/** Every address of the form, each once, as it will be saved. */
export function addressesOf(form: ProfileForm): string[] {
  const all = [...form.gateway, form.idp, ...form.recorders].map(originTyped)
  return [...new Set(all.filter((address) => address !== ''))]
}

/** An address of the form and what the saved profile says of it. */
export interface TrustRow {
  address: string
  mode: ProfileOrigin['mode']
  pins: string[]
  next: string[]
  wished: 'pin' | 'system' | undefined
}

/** How each address of the form is trusted now, and what is to become of it. An address new here has no trust yet. */
export function trustRows(form: ProfileForm, saved: readonly ProfileOrigin[]): TrustRow[] {
  return addressesOf(form).map((address) => {
    const known = saved.find(({ origin }) => origin === address.toLowerCase().replace(/(:443)?\/?$/, ''))
    const { mode = 'none', pins = [], next = [] } = known ?? {}
    return { address, mode, pins, next, wished: form.trustModes[address] }
  })
}

const MAX_SECONDS = 86_400

/** A length in the larger unit that keeps it whole. */
export function lengthOf(seconds: number): Length {
  return seconds % 60 === 0
    ? { typed: String(seconds / 60), unit: 'minutes' }
    : { typed: String(seconds), unit: 'seconds' }
}

/** `NaN` where it is not a whole number of at least one second and at most a day. */
export function secondsOf({ typed, unit }: Length): number {
  if (!/^\d{1,5}$/.test(typed.trim())) return NaN
  const seconds = Number(typed) * (unit === 'minutes' ? 60 : 1)
  return seconds >= 1 && seconds <= MAX_SECONDS ? seconds : NaN
}

/** Places of the draft whose length cannot be saved. */
export function badLengths({ recording }: ProfileDraft): string[] {
  return (['defaultSeconds', 'minSeconds', 'maxSeconds'] as const)
    .filter((place) => Number.isNaN(recording[place]))
    .map((place) => `recording.${place}`)
}
