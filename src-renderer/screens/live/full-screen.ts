/** Gives the page the whole screen, or gives it back. */
export async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen()
  await document.documentElement.requestFullscreen()
}
