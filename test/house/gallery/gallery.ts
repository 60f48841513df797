import { scenes } from './scenes.ts'

/** Mounts the real page on a scripted bridge: `?scene=wrong-password`. */
const name = new URLSearchParams(location.search).get('scene') ?? 'empty'
const scene = scenes[name]
if (!scene) throw new Error(`no scene ${name}; there are ${Object.keys(scenes).join(', ')}`)

Object.assign(window, { bridge: scene() })
await import('../../../src-renderer/main.ts')
