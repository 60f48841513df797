/** A preload script that lets the page call main with nothing between. */
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('bridge', { call: (name, input) => ipcRenderer.invoke('bare', name, input) })
