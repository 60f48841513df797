import type { Desk } from './fixture.ts'

/**
 * From now on every announcement main makes, every answer it gives and every call it gets is written to a file of its
 * own, a line each, also while the app ends. What comes with `signIn` is left out: there the password belongs.
 */
export async function recordMessages(desk: Desk, file: string): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow, ipcMain }, target) => {
    type Handler = (event: unknown, name: unknown, input: unknown, ...more: unknown[]) => Promise<unknown>
    const { appendFileSync } = process.getBuiltinModule('fs')
    const write = (...line: unknown[]) => appendFileSync(target, `${JSON.stringify(line)}\n`)
    // Not in the types: where Electron keeps what `handle` was given.
    const handlers = (ipcMain as unknown as { _invokeHandlers?: Map<string, Handler> })._invokeHandlers
    const answer = handlers?.get('call')
    if (!handlers || !answer)
      throw new Error('This Electron keeps its handlers elsewhere: recordMessages has to learn where')
    handlers.set('call', async (event, name, input, ...more) => {
      write('call', name, name === 'signIn' ? 'left out' : input)
      const result = await answer(event, name, input, ...more)
      write('answer', name, result)
      return result
    })
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    const send = webContents.send.bind(webContents)
    webContents.send = (channel, ...facts: unknown[]) => {
      write(channel, ...facts)
      send(channel, ...facts)
    }
  }, file)
}
