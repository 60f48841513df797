import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import type { TrayFace, TrayPicture } from './tray/face.ts'
import type { TrayEntry, TrayWish } from './tray/menu.ts'

const files = import.meta.glob('../../build/icons/tray/*.png', { query: '?inline', import: 'default', eager: true })

/** Panels of Linux take 22 pixels, the others 16; sharper screens take the larger of the same. */
const sizesPx = process.platform === 'linux' ? [22, 32, 44] : [16, 22, 32, 64]

/** What is pressed, handed on. */
export interface TrayHands {
  press: () => void
  wish: (wish: TrayWish) => void
}

/** Shows a tray; the function given back shows what it is given, touching only what has changed. */
export function showTray({ press, wish }: TrayHands): (face: TrayFace) => void {
  let shown: TrayFace = { picture: 'idle', tooltip: '', menu: [] }
  const tray = new Tray(pictureOf(shown.picture))
  tray.on('click', press)
  return (face) => {
    if (face.picture !== shown.picture) tray.setImage(pictureOf(face.picture))
    if (face.tooltip !== shown.tooltip) tray.setToolTip(face.tooltip)
    // A menu that is open closes when it is made anew.
    if (JSON.stringify(face.menu) !== JSON.stringify(shown.menu))
      tray.setContextMenu(Menu.buildFromTemplate(face.menu.map((entry) => itemOf(entry, wish))))
    shown = face
  }
}

function itemOf(entry: TrayEntry, wish: TrayHands['wish']): MenuItemConstructorOptions {
  switch (entry.is) {
    case 'line':
      return { type: 'separator' }
    case 'text':
      return { label: plain(entry.label), enabled: false }
    case 'wish':
      return { label: plain(entry.label), click: () => wish(entry.wish) }
    case 'switch': {
      const type = entry.isOneOf ? 'radio' : 'checkbox'
      return { label: plain(entry.label), type, checked: entry.isOn, click: () => wish(entry.wish) }
    }
    case 'more':
      return { label: plain(entry.label), submenu: entry.entries.map((one) => itemOf(one, wish)) }
  }
}

/** A lone `&` in a camera's name would underline the letter after it. */
const plain = (label: string): string => label.replaceAll('&', '&&')

function pictureOf(picture: TrayPicture): NativeImage {
  const image = nativeImage.createEmpty()
  for (const sizePx of sizesPx) {
    const dataURL = files[`../../build/icons/tray/${picture}-${sizePx}.png`]
    if (dataURL) image.addRepresentation({ scaleFactor: sizePx / sizesPx[0]!, dataURL })
  }
  return image
}
