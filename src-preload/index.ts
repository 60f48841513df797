import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Bridge } from './contract/bridge.ts'
import type { Events } from './contract/events.ts'

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),

  on(name, listener) {
    const forward = (_event: IpcRendererEvent, fact: Events[typeof name]) => listener(fact)
    ipcRenderer.on(`event:${name}`, forward)
    return () => void ipcRenderer.off(`event:${name}`, forward)
  },
}

contextBridge.exposeInMainWorld('bridge', bridge)
