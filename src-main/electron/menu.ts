import { Menu } from 'electron'

/**
 * The menu is not drawn; it carries the keys of the window itself. Reload and developer tools are left out: an operator
 * who hits them by accident loses the pictures.
 */
export function setMenu(): void {
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
      { label: 'Watchpost', submenu: [{ role: 'minimize' }, { role: 'quit', accelerator: 'CommandOrControl+Q' }] },
    ]),
  )
}
