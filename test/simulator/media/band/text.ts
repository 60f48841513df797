const two = (value: number): string => String(value).padStart(2, '0')

/** "2026-11-23 14:03:07.4" in this machine's time zone, as cameras write it. */
export function stampOf(ms: number): string {
  const time = new Date(ms)
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
  return `${day} ${clock}.${Math.floor(time.getMilliseconds() / 100)}`
}

/** What the text says beside the camera's name. */
export interface BandWords {
  /** The moment shown. */
  shownMs: number
  counter: number
  /** Of a recording; 1 is not mentioned. */
  speed?: number
}

/** The text: the camera's name (cut where there is no room), the time shown, the picture's number, the speed. */
export function bandText(name: string, { shownMs, counter, speed = 1 }: BandWords, columns: number): string {
  const pace = speed === 1 ? '' : ` X${speed}`
  const rest = `  ${stampOf(shownMs)}  F${String(counter).padStart(5, '0')}${pace}`
  return name.slice(0, Math.max(0, columns - rest.length)) + rest
}
