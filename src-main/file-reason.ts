const words: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file of that name is there already',
  EISDIR: 'a folder stands in its place',
  ENOENT: 'it is not there',
  ENXIO: 'is not a file',
  EIO: 'the disk fails',
}

/** Why a file could not be used, in words without its contents. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code) return words[code] ?? code
  return error instanceof Error ? error.message : 'unknown'
}
