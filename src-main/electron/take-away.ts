import { app, shell } from 'electron'

/** This user's folder for pictures; the home folder where the system names none. */
export function picturesFolder(): string {
  try {
    return app.getPath('pictures')
  } catch {
    return app.getPath('home')
  }
}

/** Opens the file manager of this computer at a file of ours. */
export const showInFolder = (file: string): void => shell.showItemInFolder(file)
