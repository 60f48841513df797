/** Where the person at the screen points at files. Paths come from here only, never from the page (security.md 7 F103). */
export interface Dialogs {
  /** An existing file to import; `null` where the person thought better of it. */
  chooseFile: () => Promise<string | null>
  /** A place to write to. Whoever answers has asked before an existing file is chosen. */
  chooseTarget: (suggestedName: string, what: 'profile' | 'audit') => Promise<string | null>
  /** A folder to write into, which the person may make. */
  chooseFolder: (what: 'capture' | 'take-away') => Promise<string | null>
}

/** Where there is no screen. */
export const noDialogs: Dialogs = {
  chooseFile: async () => null,
  chooseTarget: async () => null,
  chooseFolder: async () => null,
}
