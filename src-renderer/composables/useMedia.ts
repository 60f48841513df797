import { inject, type App, type InjectionKey } from 'vue'
import type { Media } from '../media/media.ts'

const key: InjectionKey<Media> = Symbol('media')

/** Gives the page's pictures to every component. Called once, where the page is put together. */
export const provideMedia = (app: App, media: Media): void => void app.provide(key, media)

/** The page's pictures. */
export function useMedia(): Media {
  const media = inject(key)
  if (!media) throw new Error('media was not provided')
  return media
}
