import { describe, expect, it } from 'vitest'
import { activate, ask, askAddress, newAddress, newFace, newPerson, newPhoto } from './support'

type As = { cookie: string }

const read = async (path: string, as?: As) =>
  (await ask('GET', path, { as, headers: { accept: 'text/html' } })).text()

/** The step of adding an address that the settings show: `email`, `code`, with what is said of it. */
const stepOf = (html: string) => ({
  step: /data-add="true" data-step="(\w+)"/.exec(html)?.[1],
  asks: html.includes('id="address-code"'),
})

describe('the step of adding an address', () => {
  it('is the code’s for the browser and the person that asked, and for nobody else', async () => {
    const person = await newPerson()
    const other = await newPerson()
    const { as, browserId } = await askAddress(person, `${crypto.randomUUID()}@example.com`)
    expect(stepOf(await read('/settings', as))).toEqual({ step: 'code', asks: true })
    expect(stepOf(await read('/settings', person.session))).toEqual({ step: 'email', asks: false })
    const stolen = { cookie: `${other.session.cookie}; new-address=${browserId}` }
    expect(stepOf(await read('/settings', stolen))).toEqual({ step: 'email', asks: false })
  })

  it('is left for good: the code no longer works', async () => {
    const person = await newPerson()
    const { as, code } = await askAddress(person, `${crypto.randomUUID()}@example.com`)
    const left = await ask('POST', '/settings/addresses/other', { as })
    expect([left.status, left.headers.get('location')]).toEqual([303, '/settings'])
    expect(left.headers.getSetCookie().join()).toMatch(/^new-address=;.*Max-Age=0/)
    expect(stepOf(await read('/settings', as))).toEqual({ step: 'email', asks: false })
    expect((await ask('POST', '/api/addresses/confirm', { as, json: { code } })).status).toBe(401)
  })

  it('is not left by who is not the person, and a code of another purpose stays', async () => {
    const person = await newPerson()
    const { as, browserId } = await askAddress(person, `${crypto.randomUUID()}@example.com`)
    await ask('POST', '/settings/addresses/other', { as: { cookie: `new-address=${browserId}` } })
    await ask('POST', '/settings/addresses/other', {
      as: { cookie: `${(await newPerson()).session.cookie}; new-address=${browserId}` },
    })
    await ask('POST', '/settings/deletion/other', {
      as: { cookie: `${person.session.cookie}; deletion=${browserId}` },
    })
    expect(stepOf(await read('/settings', as))).toEqual({ step: 'code', asks: true })
  })
})

describe('the settings', () => {
  it('can be read without script: addresses, browsers, and what the export holds', async () => {
    const { person } = await newFace('small.png')
    const second = await newAddress(person)
    const html = await read('/settings', person.session)
    expect(html.match(/data-address=/g)).toHaveLength(2)
    for (const { email } of [person, second]) expect(html).toContain(email)
    expect(html).toContain('A browser')
    expect(html.match(/This browser/g)).toHaveLength(1)
    expect(html).toMatch(/the original of your one photo \([\d.]+ KB\)/)
    expect(html).not.toContain(person.session.cookie.slice('session='.length))
  })
})

describe('the photos page', () => {
  it('says for which address alone a photo shows, and that the panel is not what the primary one shows', async () => {
    const { person, photo } = await newFace('small.png')
    const other = await newPhoto(person, 'red.jpg')
    expect(await read('/photos', person.session)).not.toContain('photo-for')
    const second = await newAddress(person)
    const change = (hash: string, photoId: string) =>
      ask('PATCH', `/api/addresses/${hash}`, { as: person.session, json: { photoId } })
    await change(second.hash, other.id)
    const html = await read('/photos', person.session)
    expect(html.match(/class="photo-for" title="([^"]*)"/g)).toEqual([
      `class="photo-for" title="${second.email}"`,
    ])
    expect(html).toContain('also find this picture by your primary address.')

    await change(person.hash, photo.id)
    await activate(person, other.id)
    const changed = await read('/photos', person.session)
    expect(changed).toContain('Your primary address shows a photo of its own.')
    expect(changed).toMatch(/<label class="inline" data-key="true" hidden=""/)
    expect(changed).toContain(`title="${person.email}"`)
  })
})

describe('the start page', () => {
  it('says that the account is gone to who has just deleted it, and only then', async () => {
    expect(await read('/?account=deleted')).toContain('Your account is deleted')
    expect(await read('/')).not.toContain('Your account is deleted')
  })
})
