const two = (value: number): string => String(value).padStart(2, '0')

/** "2026-11-23 14:03:07.4" in this machine's time zone, as cameras write it. */
export function stampOf(ms: number): string {
  const time = new Date(ms)
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
  return `${day} ${clock}.${Math.floor(time.getMilliseconds() / 100)}`
}

/** The live text: the camera's name (cut where there is no room), the time shown, the frame's number in its session. */
export function bandText(name: string, shownMs: number, counter: number, columns: number): string {
  const rest = `  ${stampOf(shownMs)}  F${String(counter).padStart(5, '0')}`
  return name.slice(0, Math.max(0, columns - rest.length)) + rest
}
