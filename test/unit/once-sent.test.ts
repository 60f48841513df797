import { expect, it } from 'vitest'
import { onceSent, doingOnceSent } from '../../src-main/once-sent.ts'

it('lets pass what the next turn of the loop has to do, and what was to be done in that turn already', async () => {
  const done: string[] = []
  const waited = onceSent().then(() => done.push('told'))
  setImmediate(() => done.push('the turn after'))
  await waited
  expect(done).toEqual(['the turn after', 'told'])
})

it('does everything once, in order, also what comes up meanwhile', async () => {
  const done: number[] = []
  const later = doingOnceSent()
  later(() => done.push(1))
  later(() => {
    done.push(2)
    later(() => done.push(4))
  })
  later(() => done.push(3))
  expect(done).toEqual([])
  await onceSent()
  await onceSent()
  expect(done).toEqual([1, 2, 3, 4])
})
