import { expect, it } from 'vitest'
import { answerPicture, pictureAddress } from '../../../src-main/handlers/picture-address.ts'

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
const read = async (name: string) => (name === 'known' ? jpeg : undefined)

it('a picture is answered as a picture and as nothing else', async () => {
  const answer = await answerPicture(pictureAddress('known'), read)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
    200,
    'image/jpeg',
    'nosniff',
  ])
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpeg)
})

it.each([
  'snapshot://desk/',
  'snapshot://desk/unknown',
  'snapshot://desk/known/..',
  'snapshot://desk/known?x',
  'snapshot://elsewhere/known',
  'snapshot://desk.elsewhere/known',
  'app://desk/known',
  'known',
])('%s is not found', async (address) => {
  expect((await answerPicture(address, read)).status).toBe(404)
})
