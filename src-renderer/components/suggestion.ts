/** Something that may be typed into a field, and what it means where that is not the same. */
export interface Suggestion {
  value: string
  says?: string
}
