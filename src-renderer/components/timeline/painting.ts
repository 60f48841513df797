import { useDevicePixelRatio } from '@vueuse/core'
import { onMounted, onScopeDispose, watch, type Ref } from 'vue'
import { inksOf, type Inks } from './inks.ts'
import type { TimelineModel } from './model.ts'
import { paintTimeline, type Sheet } from './paint.ts'

type Painting = Omit<Sheet, 'inks'> & { model: TimelineModel }

/** Keeps a canvas drawn: at most once a frame, and only where something has changed. */
export function usePainting(canvas: Readonly<Ref<HTMLCanvasElement | null>>, painting: () => Painting): void {
  const { pixelRatio } = useDevicePixelRatio()
  let inks: Inks | undefined
  let frame = 0

  function paint(): void {
    frame = 0
    const element = canvas.value
    const brush = element?.getContext('2d')
    if (!element || !brush) return
    const { model, ...sheet } = painting()
    const widthPx = Math.round(sheet.scale.widthPx * pixelRatio.value)
    const heightPx = Math.round(sheet.rows.heightPx * pixelRatio.value)
    // Setting a canvas's size, even to what it is, empties it and costs as much as drawing.
    if (element.width !== widthPx) element.width = widthPx
    if (element.height !== heightPx) element.height = heightPx
    brush.setTransform(pixelRatio.value, 0, 0, pixelRatio.value, 0, 0)
    inks ??= inksOf(element, brush)
    paintTimeline(brush, model, { ...sheet, inks })
  }
  const soon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint)
  }
  const anew = (): void => {
    inks = undefined
    soon()
  }

  watch([painting, pixelRatio], soon)
  onMounted(soon)
  // High contrast is an attribute of the page; its inks are others.
  const contrast = new MutationObserver(anew)
  contrast.observe(document.documentElement, { attributeFilter: ['data-contrast'] })
  onScopeDispose(() => {
    contrast.disconnect()
    cancelAnimationFrame(frame)
  })
}
