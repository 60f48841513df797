import type { Page, ViewportSize } from '@playwright/test'

/** A scene, and what is done on it before it is looked at. */
export interface Stage {
  /** Its scene, where it is not the stage's own name. */
  scene?: string
  sizes?: ViewportSize[]
  act?: (page: Page) => Promise<void>
}
