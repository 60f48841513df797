import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../../src-main/electron/content-security-policy.ts'

/** The gallery, built and served on a port of its own under the page's own CSP: `{origin}/index.html?scene=NAME`. */
export interface Gallery {
  origin: string
  close: () => Promise<void>
}

export async function openGallery(): Promise<Gallery> {
  const folder = await mkdtemp(path.join(tmpdir(), 'watchpost-gallery-'))
  await build({
    root: import.meta.dirname,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    build: { outDir: folder, emptyOutDir: true, target: 'chrome130', minify: false },
  })
  const server = await serve(folder)
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async close() {
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const kinds: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const file = path.join(folder, new URL(request.url ?? '/', 'http://gallery.invalid').pathname)
    readFile(file).then(
      (body) => {
        const type = kinds[path.extname(file)] ?? 'application/octet-stream'
        response
          .writeHead(200, {
            'content-type': `${type}; charset=utf-8`,
            'content-security-policy': contentSecurityPolicy,
          })
          .end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
