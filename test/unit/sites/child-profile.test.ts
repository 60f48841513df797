import { describe, expect, it } from 'vitest'
import { profileOfChild } from '../../../src-main/sites/child-profile.ts'
import { siteId } from './desk.ts'

const of = (address: string, name = 'Depot') => profileOfChild(siteId, { id: 'x', name, address })

describe('the profile of a child site', () => {
  it.each([
    ['https://depot.example', 'https://depot.example'],
    ['https://depot.example:8443/', 'https://depot.example:8443'],
    ['http://depot.example/', 'https://depot.example'],
    ['http://depot.example:80/ManagementServer', 'https://depot.example'],
    ['depot.example', 'https://depot.example'],
    ['DEPOT', 'https://depot'],
    ['192.0.2.7:8443', 'https://192.0.2.7:8443'],
  ])('at %s asks for first contact at %s', (address, gateway) => {
    expect(of(address)).toEqual({ version: 1, id: siteId, name: 'Depot', gateway: [gateway], trust: {} })
  })

  it.each([
    '',
    ' ',
    'javascript:alert(1)',
    'ftp://depot.example',
    'https://user:secret@depot.example',
    'https://depot.example?x=1',
    'file:///etc/passwd',
    'https://depot.example:0',
    'https://dépôt.example',
    'two words',
  ])('cannot be made of %j', (address) => {
    expect(of(address)).toBeUndefined()
  })

  it('cannot be made without a name', () => {
    expect(of('https://depot.example', '')).toBeUndefined()
  })
})
