import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyed } from '../../../src-main/journal/keyed-hash.ts'

it('is HMAC-SHA-256, whatever the key and however long the messages that follow each other', () => {
  const message = fc.record({ first: fc.string({ maxLength: 70 }), second: fc.uint8Array({ maxLength: 400 }) })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.array(message, { maxLength: 5 }), (key, messages) => {
      const hashOf = keyed(key)
      expect(messages.map(({ first, second }) => hashOf(first, second))).toEqual(
        messages.map(({ first, second }) => createHmac('sha256', key).update(first).update(second).digest('hex')),
      )
    }),
  )
})
