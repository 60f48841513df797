import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { BrokenExports } from '../actions/broken-exports.ts'
import type { ExportDesk } from '../actions/export-desk.ts'
import type { SnapshotDesk } from '../actions/snapshot-desk.ts'
import type { TakeAway } from '../actions/take-away.ts'

/** What operators take away in files. Where to is pointed at in the operating system's dialog. */
export const takeAwayHandlers = (
  takeAway: TakeAway,
  snapshots: SnapshotDesk,
  exports: ExportDesk,
  brokenExports: BrokenExports,
): Pick<
  Handlers,
  | 'saveSnapshot'
  | 'readExportRoom'
  | 'beginExport'
  | 'writeExport'
  | 'finishExportFile'
  | 'endExport'
  | 'cancelExport'
  | 'listBrokenExports'
  | 'dismissBrokenExport'
  | 'chooseTakeAwayFolder'
  | 'showSaved'
> => ({
  saveSnapshot: (order) => snapshots.save(order),
  readExportRoom: () => exports.room(),
  beginExport: (order) => exports.begin(order),
  writeExport: (chunk) => exports.write(chunk),
  finishExportFile: (done) => exports.finishFile(done),
  endExport: (end) => exports.end(end),
  cancelExport: ({ id }) => exports.cancel(id),
  listBrokenExports: () => brokenExports.list(),
  dismissBrokenExport: ({ id }) => brokenExports.dismiss(id),
  chooseTakeAwayFolder: () => takeAway.choose(),
  showSaved: async ({ id }) => takeAway.show(id),
})
