/** Main, in a process that can be killed: it has one file of an export complete and another half written, and says so. */
import { exportingMain, half, order, whole } from './exporting-main.ts'

/** What it says, once. */
export type FromExporting = 'half'

process.on('disconnect', () => process.exit())
process.once('message', (folder: string) => void run(folder))

async function run(folder: string): Promise<void> {
  const { ask } = await exportingMain(folder)
  const { id } = await ask('beginExport', order)
  const [camera, otherCamera] = [order.cameras[0]!, order.cameras[1]!]
  await ask('writeExport', { id, camera, atByte: 0, bytes: new Uint8Array(whole) })
  const facts = { firstFrame: order.from, lastFrame: order.to, frames: 9, framesLost: 0, speed: 1, gaps: [] }
  await ask('finishExportFile', { id, camera, facts: { ...facts, widthPx: 640, heightPx: 360 } })
  await ask('writeExport', { id, camera: otherCamera, atByte: 0, bytes: new Uint8Array(half) })
  process.send!('half' satisfies FromExporting)
}
