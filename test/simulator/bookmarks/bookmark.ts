import type { Json } from '../http/wide-json.ts'
import { WrongField, type Fields } from '../config/fields.ts'
import type { SiteCamera } from '../site/site.ts'

/** A bookmark: one device, one moment and the time around it (xprotect-api.md 6). [D] Times as the server writes them. */
export interface Bookmark {
  id: string
  header: string
  description: string
  timeBegin: string
  timeTriggered: string
  timeEnd: string
  reference: string
  user: string
  camera: SiteCamera
}

export const bookmarkFields = [
  'header',
  'description',
  'timeBegin',
  'timeTriggered',
  'timeEnd',
  'reference',
  'devicePath',
] as const

/** What a client may say of a bookmark, checked; nothing where it said nothing. */
export type BookmarkWish = Partial<Omit<Bookmark, 'id' | 'user'>>

export function bookmarkWish(fields: Fields, cameraOf: (id: string) => SiteCamera | undefined): BookmarkWish {
  const device = fields.reference('devicePath')
  const camera = device?.type === 'cameras' ? cameraOf(device.id) : undefined
  // [?] how an unknown device is refused
  if (device && !camera) throw new WrongField('devicePath', 'Not Found, the requested id does not exist')
  const wish = {
    header: fields.text('header'),
    description: fields.text('description'),
    timeBegin: fields.time('timeBegin'),
    timeTriggered: fields.time('timeTriggered'),
    timeEnd: fields.time('timeEnd'),
    reference: fields.text('reference'),
    camera,
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

/** Whether begin, moment and end are in that order: the SDK's convention, and enforced here. [?] */
export function checkOrder({ timeBegin, timeTriggered, timeEnd }: Bookmark): void {
  if (timeBegin > timeTriggered) throw new WrongField('timeTriggered', 'timeTriggered is before timeBegin')
  if (timeTriggered > timeEnd) throw new WrongField('timeEnd', 'timeEnd is before timeTriggered')
}

/** As the server writes it. `deviceName` is newer than 24.2. [D] that it is newer, [?] since when */
export function writtenBookmark(bookmark: Bookmark, withDeviceName: boolean): { [key: string]: Json | undefined } {
  const { id, camera, ...rest } = bookmark
  return {
    id,
    ...rest,
    devicePath: { type: 'cameras', id: camera.id },
    deviceName: withDeviceName ? camera.name : undefined,
    relations: { self: { type: 'bookmarks', id } },
  }
}
