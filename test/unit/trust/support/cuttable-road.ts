import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Road {
  origin: string
  /** From now on nothing passes on the connections there are, and nobody is told: a line as a dead switch leaves it. */
  fallSilent: () => void
  close: () => Promise<void>
}

/** A road to a TLS server that passes bytes on without looking at them. */
export async function cuttableRoad(to: URL): Promise<Road> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {}) // the other side sees it close
      socket.once('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    fallSilent() {
      for (const socket of open) socket.unpipe().pause()
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
