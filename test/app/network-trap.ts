import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this computer that nobody of ours may ever talk to. */
export interface NetworkTrap {
  /** `http://127.0.0.1:PORT`. */
  origin: string
  /** Connections and requests it got; both should stay empty. */
  caught: string[]
  close: () => Promise<void>
}

/** Answers everything as a careless server would: to anybody, with a script. */
export async function openTrap(): Promise<NetworkTrap> {
  const caught: string[] = []
  const server = http.createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' }).end('<h1>trap</h1>')
  })
  server.on('upgrade', (request, socket) => {
    caught.push(`upgrade ${request.url}`)
    socket.destroy()
  })
  server.on('connection', () => caught.push('connection'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caught,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
