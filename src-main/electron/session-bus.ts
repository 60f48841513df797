import net from 'node:net'
import path from 'node:path'

/**
 * As much of D-Bus as it takes to ask the session's bus one question (D-Bus Specification 0.43: message format,
 * authentication protocol). Little endian throughout.
 */
const METHOD_CALL = 1
const METHOD_RETURN = 2
const BUS = 'org.freedesktop.DBus'

/** Kinds of header fields. */
const field = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 }

/** Whether some program has this name on the bus of the user's session. False where there is no bus, or no answer in time. */
export function hasNameOnBus(name: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<boolean> {
  const address = busSocket(env)
  return address === undefined ? Promise.resolve(false) : ask(address, name, limitMs)
}

/** Where the bus listens: as the environment says, or where systemd puts it. */
export function busSocket(env: NodeJS.ProcessEnv): string | undefined {
  const said = env.DBUS_SESSION_BUS_ADDRESS
  if (!said) return env.XDG_RUNTIME_DIR && path.join(env.XDG_RUNTIME_DIR, 'bus')
  const keys = said
    .split(';')[0]!
    .replace(/^unix:/, '')
    .split(',')
  const value = (key: string) => keys.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1)
  const abstract = value('abstract')
  return abstract === undefined ? value('path') : `\0${abstract}`
}

function ask(address: string, name: string, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let isAdmitted = false
    let read = Buffer.alloc(0)
    const socket = net.connect({ path: address })
    const end = (answer: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end(false), limitMs)
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
    socket.on('connect', () => {
      const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
      socket.write(`\0AUTH EXTERNAL ${user}\r\n`)
    })
    socket.on('data', (chunk) => {
      read = Buffer.concat([read, chunk])
      if (!isAdmitted) {
        const lineEnd = read.indexOf('\r\n')
        if (lineEnd < 0) return
        if (read.toString('latin1', 0, 3) !== 'OK ') return end(false)
        read = read.subarray(lineEnd + 2)
        isAdmitted = true
        socket.write('BEGIN\r\n')
        socket.write(methodCall(1, 'Hello'))
        socket.write(methodCall(2, 'NameHasOwner', { signature: 's', bytes: textOf(name) }))
      }
      for (let size = messageSize(read); size !== undefined && size <= read.length; size = messageSize(read)) {
        const message = read.subarray(0, size)
        read = read.subarray(size)
        if (replySerial(message) === 2) end(message[1] === METHOD_RETURN && message.readUInt32LE(bodyAt(message)) === 1)
      }
    })
  })
}

const aligned = (at: number, to: number): number => Math.ceil(at / to) * to

/** A call of the bus itself. `said` is what it says, in the form of the protocol. */
export function methodCall(serial: number, member: string, said?: { signature: string; bytes: Buffer }): Buffer {
  const body = said?.bytes ?? Buffer.alloc(0)
  const fields = [
    headerField(field.path, 'o', textOf('/org/freedesktop/DBus')),
    headerField(field.interface, 's', textOf(BUS)),
    headerField(field.member, 's', textOf(member)),
    headerField(field.destination, 's', textOf(BUS)),
    ...(said ? [headerField(field.signature, 'g', signatureOf(said.signature))] : []),
  ]
  const array = joined(fields)
  const head = Buffer.alloc(16)
  head.set([0x6c, METHOD_CALL, 0, 1]) // 0x6c: little endian; no flags; version 1 of the protocol
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(serial, 8)
  head.writeUInt32LE(array.length, 12)
  return Buffer.concat([joined([head, array, Buffer.alloc(0)]), body])
}

/** Each part begins at a multiple of eight. */
function joined(parts: Buffer[]): Buffer {
  return parts.reduce((all, part) => Buffer.concat([all, Buffer.alloc(aligned(all.length, 8) - all.length), part]))
}

/** A field's kind, the one-letter signature of its value, and the value, which all lie at multiples of four here. */
const headerField = (kind: number, signature: string, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([kind, 1, signature.charCodeAt(0), 0]), value])

const signatureOf = (letters: string): Buffer =>
  Buffer.concat([Buffer.from([letters.length]), Buffer.from(`${letters}\0`)])

/** A text as the protocol writes it: its length, itself, a zero. */
export function textOf(text: string): Buffer {
  const bytes = Buffer.from(`${text}\0`)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length - 1)
  return Buffer.concat([length, bytes])
}

const bodyAt = (message: Buffer): number => aligned(16 + message.readUInt32LE(12), 8)

function messageSize(read: Buffer): number | undefined {
  return read.length < 16 ? undefined : bodyAt(read) + read.readUInt32LE(4)
}

/** Which call a message answers; undefined for signals and for anything that is not as expected. */
function replySerial(message: Buffer): number | undefined {
  const end = 16 + message.readUInt32LE(12)
  for (let at = 16; at + 8 <= end; at = aligned(at, 8)) {
    const kind = message[at]
    const signature = String.fromCharCode(message[at + 2] ?? 0)
    if (kind === field.replySerial && signature === 'u') return message.readUInt32LE(at + 4)
    if (signature === 'g') at += 4 + (message[at + 4] ?? 0) + 2
    else if (signature === 's' || signature === 'o') at += 8 + message.readUInt32LE(at + 4) + 1
    else at += 8
  }
  return undefined
}
