import { app, BrowserWindow, dialog } from 'electron'
import path from 'node:path'
import type { Dialogs } from '../sites/dialogs.ts'

const targets = {
  profile: { title: 'Export a site', name: 'Site profile' },
  audit: { title: 'Export the audit trail', name: 'Audit trail' },
}

const folders = {
  capture: 'Capture server facts into a folder',
  'take-away': 'Folder for pictures and viewing copies',
}

/** The operating system's own dialogs, in front of our window. */
export const dialogs: Dialogs = {
  async chooseFile() {
    const options: Electron.OpenDialogOptions = {
      title: 'Import a site',
      filters: [
        { name: 'Site profiles and .env files', extensions: ['json', 'env'] },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
    }
    const window = frontWindow()
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return filePaths[0] ?? null
  },

  async chooseTarget(suggestedName, what) {
    const options: Electron.SaveDialogOptions = {
      title: targets[what].title,
      defaultPath: path.join(app.getPath('documents'), suggestedName),
      filters: [{ name: targets[what].name, extensions: [path.extname(suggestedName).slice(1)] }],
      properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
    }
    const window = frontWindow()
    const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
    return filePath || null
  },

  async chooseFolder(what) {
    const options: Electron.OpenDialogOptions = {
      title: folders[what],
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    }
    const window = frontWindow()
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return filePaths[0] ?? null
  },
}

const frontWindow = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
