/**
 * ICE candidates as far as the simulator lets them in: those of this machine alone. What is dropped is no loss: the
 * browser's own checks reach us, and answering them finds the path (simulator.md section 4).
 */
const LOOPBACK = /^127(\.\d{1,3}){3}$|^::1$/

/** Whether a candidate ("candidate:1 1 udp 2113937151 127.0.0.1 5000 typ host …") is on this machine; names are not. */
export function isLoopback(candidate: string): boolean {
  const address = candidate.trim().split(/\s+/)[4]
  return address !== undefined && LOOPBACK.test(address)
}

/** An answer without the candidates that lead elsewhere. */
export function withLoopbackOnly(sdp: string): string {
  const lines = sdp.split(/\r?\n/)
  return lines.filter((line) => !line.startsWith('a=candidate:') || isLoopback(line.slice(2))).join('\r\n')
}
