/** Recorded pictures come by a scheme of their own, for `<img>`: no base64 over the bridge. */
export const pictureScheme = 'snapshot'
export const pictureOrigin = 'snapshot://desk'

export const pictureAddress = (name: string): string => `${pictureOrigin}/${name}`

/** Answers what an image of the page asks for. Another host, and a name that was not given out, is not found. */
export async function answerPicture(
  address: string,
  read: (name: string) => Promise<Buffer | undefined>,
): Promise<Response> {
  const name = address.startsWith(`${pictureOrigin}/`) ? address.slice(pictureOrigin.length + 1) : ''
  const jpeg = name === '' ? undefined : await read(name)
  if (!jpeg) return new Response('Not found', { status: 404 })
  return new Response(new Uint8Array(jpeg), {
    headers: {
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      // It is kept by main alone, and goes when nobody is signed in any more.
      'cache-control': 'no-store',
    },
  })
}
