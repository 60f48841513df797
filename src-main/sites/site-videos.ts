import type { Server, SessionWish, VideoSession } from '../xprotect/server.ts'

interface Needs {
  open: Server['openSession']
  /** The server's identity is in doubt: nothing may be sent, but what plays plays on. */
  isInDoubt: () => boolean
}

/** The video sessions the page holds open at one site. */
export class SiteVideos {
  readonly #needs: Needs
  readonly #playing = new Set<symbol>()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get isIdle(): boolean {
    return this.#playing.size === 0
  }

  async open(
    picture: Pick<SessionWish, 'cameraId' | 'streamId' | 'playback'>,
    { signal, onEnded }: Pick<SessionWish, 'signal' | 'onEnded'>,
  ): Promise<VideoSession> {
    const playing = Symbol()
    const session = await this.#needs.open({
      ...picture,
      signal,
      onEnded: (because) => {
        this.#playing.delete(playing)
        // With the identity in doubt the signalling is cut, not the picture: it is authenticated already and runs on.
        if (!this.#needs.isInDoubt() || because.kind === 'signed-out') onEnded(because)
      },
    })
    this.#playing.add(playing)
    return {
      ...session,
      close: () => {
        this.#playing.delete(playing)
        return session.close()
      },
    }
  }
}
