/** Where the pointer is over a timeline. */
export interface Hover {
  /** The moment under it, epoch milliseconds by the server's clock. */
  readonly atMs: number
  /** How much time lies under one pixel. */
  readonly msPerPx: number
  /** The key of the lane it is on or nearest to; `null` where there is none. */
  readonly lane: string | null
}
