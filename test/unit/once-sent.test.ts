import { expect, it } from 'vitest'
import { onceSent, tellingOnceSent } from '../../src-main/once-sent.ts'

it('lets pass what the next turn of the loop has to do, and what was to be done in that turn already', async () => {
  const done: string[] = []
  const waited = onceSent().then(() => done.push('told'))
  setImmediate(() => done.push('the turn after'))
  await waited
  expect(done).toEqual(['the turn after', 'told'])
})

it('tells every fact once, in order, also those that come up while it tells', async () => {
  const told: number[] = []
  const tell = tellingOnceSent((fact: number) => {
    told.push(fact)
    if (fact === 2) tell(4)
  })
  for (const fact of [1, 2, 3]) tell(fact)
  expect(told).toEqual([])
  await onceSent()
  await onceSent()
  expect(told).toEqual([1, 2, 3, 4])
})
