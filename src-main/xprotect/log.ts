/** Where this room writes its lines. Never a token, a password, an SDP or a candidate. */
export interface Log {
  error(line: string): void
  warn(line: string): void
  info(line: string): void
  debug(line: string): void
}
