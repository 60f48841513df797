import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { methodCall, textOf } from '../../src-main/electron/session-bus.ts'

/** A session's bus of its own, for whichever user runs the app. */
export interface SessionBus {
  /** As `DBUS_SESSION_BUS_ADDRESS` has it. */
  address: string
  /** Takes a name for as long as the bus runs, as the program does that draws trays. It answers nothing. */
  own: (name: string) => Promise<void>
  stop: () => Promise<void>
}

/** Starts Debian's `dbus-daemon`, open to every user of this machine. */
export async function startSessionBus(): Promise<SessionBus> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'watchpost-bus-'))
  chmodSync(folder, 0o755)
  const socketFile = path.join(folder, 'bus')
  const config = path.join(folder, 'bus.conf')
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
     "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
     <busconfig><type>session</type><listen>unix:path=${socketFile}</listen><auth>EXTERNAL</auth>
     <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/>
     <allow eavesdrop="true"/></policy>
     </busconfig>`,
  )
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'])
  await once(daemon.stdout, 'data')
  chmodSync(socketFile, 0o777)
  const owners: net.Socket[] = []
  return {
    address: `unix:path=${socketFile}`,
    async own(name) {
      const socket = net.connect({ path: socketFile })
      owners.push(socket)
      const user = Buffer.from(String(process.getuid!())).toString('hex')
      socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
      await once(socket, 'data')
      const text = textOf(name)
      const flags = Buffer.alloc(4 + ((4 - (text.length % 4)) % 4)) // none, at a multiple of four
      socket.write('BEGIN\r\n')
      socket.write(methodCall(1, 'Hello'))
      socket.write(methodCall(2, 'RequestName', { signature: 'su', bytes: Buffer.concat([text, flags]) }))
      // The bus tells whoever gets a name, in this very order: the unique one, then the one that was asked for.
      let heard = ''
      socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
      while (!heard.includes(`${name}\0`)) await once(socket, 'data')
    },
    async stop() {
      for (const socket of owners) socket.destroy()
      daemon.kill()
      await once(daemon, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
