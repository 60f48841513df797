import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { typedTime } from '../../../src-renderer/time/typed-time.ts'
import { ownZone, zoneNamed } from '../../../src-renderer/time/zone.ts'

const berlin = 'Europe/Berlin'
const nowMs = Date.parse('2026-11-26T13:00:00Z') // 14:00 in Berlin
const at = (iso: string) => ({ is: 'moment', atMs: Date.parse(iso) })

describe('a typed time', () => {
  it.each([
    ['2026-11-26 14:03:07.25', '2026-11-26T13:03:07.250Z'],
    ['2026-11-26 14:03:07', '2026-11-26T13:03:07Z'],
    ['2026-11-26T9:03', '2026-11-26T08:03:00Z'],
    [' 13:59 ', '2026-11-26T12:59:00Z'],
    ['14:30', '2026-11-26T13:30:00Z'],
    ['23:10', '2026-11-25T22:10:00Z'],
  ])('%s is read in the zone of the site, and a bare time as the last such one', (text, iso) => {
    expect(typedTime(text, berlin, nowMs)).toEqual(at(iso))
  })

  it.each(['', 'noon', '14', '25:00', '14:60', '2026-02-30 10:00', '2026-13-01 10:00', '2026-11-26'])(
    '“%s” is no time',
    (text) => {
      expect(typedTime(text, berlin, nowMs)).toEqual({ is: 'unreadable' })
    },
  )

  it('in the hour that is twice, is two moments an hour apart', () => {
    expect(typedTime('2026-10-25 02:30', berlin, nowMs)).toEqual({
      is: 'twice',
      firstMs: Date.parse('2026-10-25T00:30:00Z'),
      secondMs: Date.parse('2026-10-25T01:30:00Z'),
    })
  })

  it('in the hour that is leapt over, never was, and the next moment is named', () => {
    expect(typedTime('2026-03-29 02:30', berlin, nowMs)).toEqual({
      is: 'skipped',
      nextMs: Date.parse('2026-03-29T01:00:00Z'),
    })
  })

  it('without a day is judged by its first or next moment on nights when clocks change', () => {
    expect(typedTime('02:30', berlin, Date.parse('2026-10-25T03:00:00Z'))).toMatchObject({ is: 'twice' })
    expect(typedTime('02:30', berlin, Date.parse('2026-03-29T03:00:00Z'))).toMatchObject({ is: 'skipped' })
    expect(typedTime('02:30', berlin, Date.parse('2026-10-24T23:00:00Z'))).toEqual(at('2026-10-24T00:30:00Z'))
  })

  it('is the moment that the clocks of any zone showed so', () => {
    const zones = fc.constantFrom(berlin, 'America/Halifax', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia')
    const moments = fc.integer({ min: Date.parse('2012-01-01'), max: Date.parse('2026-11-01') })
    fc.assert(
      fc.property(zones, moments, (zone, ms) => {
        const atMs = ms - (ms % 1_000)
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
        const read = typedTime(shown.format(atMs), zone, nowMs)
        const found = read.is === 'twice' ? [read.firstMs, read.secondMs] : read.is === 'moment' ? [read.atMs] : []
        expect(found).toContain(atMs)
      }),
    )
  })
})

describe('the zone of a site', () => {
  it.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Atlantic Standard Time', 'America/Halifax'],
    ['UTC', 'Etc/UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
  ])('%s is %s', (name, id) => {
    expect(zoneNamed(name)).toEqual({ id, isGuess: false })
  })

  it.each([undefined, '', 'Middle Earth Standard Time', '__proto__'])(
    '%s is not known, so it is this computer’s',
    (name) => {
      expect(zoneNamed(name)).toEqual(ownZone())
      expect(ownZone()).toMatchObject({ isGuess: true })
    },
  )
})
