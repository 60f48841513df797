/** What a bookmark by one key, or from the tray, covers around the moment of the press (operators.md). */
export const quickBookmark = { beforeSeconds: 10, afterSeconds: 30 }
