import { Menu } from 'electron'
import type { Events } from '../../src-preload/contract/events.ts'

/**
 * The menu is drawn when Alt is pressed, and carries the keys of the window itself. Reload and developer tools are left
 * out: an operator who hits them by accident loses the pictures.
 */
export function setMenu(chosen: (entry: Events['menuChosen']['entry']) => void): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
          { role: 'zoomOut' },
        ],
      },
      {
        label: 'Watchpost',
        submenu: [
          {
            label: 'Capture server facts…',
            accelerator: 'CommandOrControl+Shift+F',
            // Its key is the page's, which knows whether it is free just now.
            registerAccelerator: false,
            click: () => chosen('capture-facts'),
          },
          { type: 'separator' },
          { role: 'minimize' },
          { role: 'quit', accelerator: 'CommandOrControl+Q' },
        ],
      },
    ]),
  )
}
