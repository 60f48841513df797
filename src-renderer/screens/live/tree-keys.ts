import { fold } from '../../stores/camera-list.ts'
import type { FolderRow, TreeRow } from './tree-rows.ts'

/** What a key asks of the tree (WAI-ARIA tree pattern). */
export type TreeStep = { do: 'go'; to: number } | { do: 'open' | 'close'; key: string } | { do: 'nothing' }

const PAGE_ROWS = 15
const nothing: TreeStep = { do: 'nothing' }

/** Where a key leads from row `at`. */
export function treeStep(rows: readonly TreeRow[], at: number, key: string): TreeStep {
  const row = rows[at]
  if (!row) return rows.length > 0 ? { do: 'go', to: 0 } : nothing
  switch (key) {
    case 'ArrowDown':
      return go(rows, at + 1)
    case 'ArrowUp':
      return go(rows, at - 1)
    case 'PageDown':
      return go(rows, at + PAGE_ROWS)
    case 'PageUp':
      return go(rows, at - PAGE_ROWS)
    case 'Home':
      return go(rows, 0)
    case 'End':
      return go(rows, rows.length - 1)
    case 'ArrowRight':
      return inwards(rows, at, row)
    case 'ArrowLeft':
      return outwards(rows, at, row)
    default:
      return nothing
  }
}

const go = (rows: readonly TreeRow[], to: number): TreeStep => ({
  do: 'go',
  to: Math.min(Math.max(to, 0), rows.length - 1),
})

const isFolder = (row: TreeRow): row is FolderRow => row.kind === 'site' || row.kind === 'group'

function inwards(rows: readonly TreeRow[], at: number, row: TreeRow): TreeStep {
  if (!isFolder(row)) return nothing
  if (!row.isOpen) return { do: 'open', key: row.key }
  return (rows[at + 1]?.level ?? 0) > row.level ? go(rows, at + 1) : nothing
}

function outwards(rows: readonly TreeRow[], at: number, row: TreeRow): TreeStep {
  if (isFolder(row) && row.isOpen) return { do: 'close', key: row.key }
  const parent = rows.slice(0, at).findLastIndex(({ level }) => level < row.level)
  return parent < 0 ? nothing : go(rows, parent)
}

const nameOf = (row: TreeRow): string => {
  if (row.kind === 'camera') return row.camera.camera.name
  return row.kind === 'note' ? '' : row.name
}

/**
 * The row type-ahead jumps to: the next whose name begins with `typed`, going round. One letter moves on from the row it
 * stands on; more letters may stay.
 */
export function typeAhead(rows: readonly TreeRow[], at: number, typed: string): number {
  const wanted = fold(typed)
  const first = wanted.length === 1 ? at + 1 : at
  for (let step = 0; step < rows.length; step += 1) {
    const index = (Math.max(first, 0) + step) % rows.length
    if (fold(nameOf(rows[index]!)).startsWith(wanted)) return index
  }
  return -1
}
