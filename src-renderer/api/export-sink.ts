import type { ExportSink } from '../media/export/export-sink.ts'
import { ask } from './ask.ts'

/** Viewing copies are written by main. */
export const bridgeExports: ExportSink = {
  begin: ({ cameras, fromMs, toMs, needBytes }) =>
    ask('beginExport', {
      cameras: [...cameras],
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      needBytes,
    }),
  write: (id, camera, atByte, bytes) => ask('writeExport', { id, camera, atByte, bytes }),
  finishFile: (id, camera, facts) => ask('finishExportFile', { id, camera, facts }),
  end: (id, missing) => ask('endExport', { id, missing }),
  cancel: (id) => ask('cancelExport', { id }),
}
