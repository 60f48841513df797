import type { MarkTone } from './mark-tone.ts'

/** What became of something that was asked for, in words. */
export interface ResultRow {
  key: string
  name: string
  tone: MarkTone
  says: string
  next?: string | undefined
}
