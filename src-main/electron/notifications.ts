import { app, Notification } from 'electron'
import type { Notice } from './tray/notices.ts'

/** Must be the name the installer gave the program: Windows shows notices of no other. */
const APP_ID = 'dev.watchpost.client'

/**
 * Shows notices of the operating system; one that is clicked brings the window. What was told stands in the log too,
 * which is all there is where the system shows none (Linux without libnotify, which the package asks for).
 */
export function createNotifier(openWindow: () => void, log: (line: string) => void): (notice: Notice) => void {
  app.setAppUserModelId(APP_ID)
  if (!Notification.isSupported()) log('this system shows no notices')
  /** One that nobody holds is collected, and its click with it. */
  const held = new Set<Notification>()
  return ({ title, body }) => {
    log(`${title} (${body})`)
    const notification = new Notification({ title, body })
    held.add(notification)
    const release = () => held.delete(notification)
    notification.on('close', release)
    notification.on('failed', release)
    notification.on('click', () => {
      release()
      openWindow()
    })
    notification.show()
  }
}
