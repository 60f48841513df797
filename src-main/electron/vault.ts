import { setTimeout as pause } from 'node:timers/promises'
import { app, safeStorage } from 'electron'
import { createVault, type Vault } from '../storage/vault.ts'

/** The vault of this computer's user. Asks nothing of the system before the app is ready. */
export const openVault = (): Vault =>
  createVault({
    // Methods of a native object: they must not lose it.
    safeStorage: 'encryptStringAsync' in safeStorage ? asynchronous() : synchronous(),
    platform: process.platform,
    ready: app.whenReady(),
    pause: (ms) => pause(ms, undefined, { ref: false }),
  })

const asynchronous = () => ({
  isAsyncEncryptionAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
  encryptStringAsync: (text: string) => safeStorage.encryptStringAsync(text),
  decryptStringAsync: (sealed: Buffer) => safeStorage.decryptStringAsync(sealed),
})

/** Electron 33, which some computers run (electron.md). Newer ones call these deprecated. */
/* eslint-disable @typescript-eslint/no-deprecated */
const synchronous = () => ({
  isEncryptionAvailable: () => safeStorage.isEncryptionAvailable(),
  getSelectedStorageBackend: () => safeStorage.getSelectedStorageBackend(),
  encryptString: (text: string) => safeStorage.encryptString(text),
  decryptString: (sealed: Buffer) => safeStorage.decryptString(sealed),
})
/* eslint-enable @typescript-eslint/no-deprecated */
