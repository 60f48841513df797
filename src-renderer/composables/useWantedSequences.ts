import { onScopeDispose } from 'vue'
import type { CameraRef } from '../../src-preload/contract/models/ids.ts'
import { useSequences } from '../stores/sequences.ts'
import type { Span } from '../time/ranges.ts'

/**
 * A look at recordings that moves: what is called names the span that is looked at now, in place of the one before. It
 * ends with the component. `nowMs`: the server's clock.
 */
export function useWantedSequences(): (cameras: readonly CameraRef[], span: Span, nowMs: number) => void {
  const sequences = useSequences()
  const looker = Symbol('looks at recordings')
  onScopeDispose(() => sequences.leave(looker))
  return (cameras, span, nowMs) => sequences.want(looker, cameras, span, nowMs)
}
