import { createApp } from 'vue'
import { createWords } from '../../../src-renderer/locales/words.ts'
import { scenes } from './scenes.ts'
import { timelineParts } from './timeline-parts.ts'
import { drawnRecorder } from './timeline-pictures.ts'

/** Mounts the real page on a scripted bridge, or a part of it by itself: `?scene=wrong-password`. */
const name = new URLSearchParams(location.search).get('scene') ?? 'empty'
const part = timelineParts[name]
if (part) {
  Object.assign(window, { bridge: drawnRecorder() })
  await import('../../../src-renderer/styles/index.css')
  createApp(part).use(createWords()).mount('#app')
} else {
  const scene = scenes[name]
  if (!scene) throw new Error(`no scene ${name}; there are ${Object.keys(scenes).join(', ')}`)
  Object.assign(window, { bridge: scene() })
  await import('../../../src-renderer/main.ts')
}
