import type { Preferences } from './models/preferences.ts'

/** What holds for a user who has chosen nothing. */
export const defaultPreferences: Preferences = {
  view: null,
  treeWidthPx: 232,
  showStatistics: false,
  highContrast: false,
  selectedCamera: null,
  recordShortcut: 'Ctrl+Alt+R',
  startAtLogOn: null,
  takeAwayFolder: null,
  snapshotFormat: 'png',
}
