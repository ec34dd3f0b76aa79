import { describe, expect, it } from 'vitest'
import { activate, ask, askAddress, newAddress, newFace, newPerson, newPhoto, prepare } from './support'

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
    expect(stepOf(await read('/settings/addresses', as))).toEqual({ step: 'code', asks: true })
    expect(stepOf(await read('/settings/addresses', person.session))).toEqual({ step: 'email', asks: false })
    const stolen = { cookie: `${other.session.cookie}; new-address=${browserId}` }
    expect(stepOf(await read('/settings/addresses', stolen))).toEqual({ step: 'email', asks: false })
  })

  it('is left for good: the code no longer works', async () => {
    const person = await newPerson()
    const { as, code } = await askAddress(person, `${crypto.randomUUID()}@example.com`)
    const left = await ask('POST', '/settings/addresses/other', { as })
    expect([left.status, left.headers.get('location')]).toEqual([303, '/settings/addresses'])
    expect(left.headers.getSetCookie().join()).toMatch(/^new-address=;.*Max-Age=0/)
    expect(stepOf(await read('/settings/addresses', as))).toEqual({ step: 'email', asks: false })
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
    expect(stepOf(await read('/settings/addresses', as))).toEqual({ step: 'code', asks: true })
  })
})

describe('the settings', () => {
  const SECTIONS = ['profile', 'addresses', 'privacy', 'devices', 'tokens', 'data']

  it('can be read without script, each section at its own URL: addresses, browsers, and what the export holds', async () => {
    const { person } = await newFace('small.png')
    const second = await newAddress(person)
    const pages = await Promise.all(SECTIONS.map((name) => read(`/settings/${name}`, person.session)))
    const [, addresses = '', , devices = '', , data = ''] = pages
    expect(addresses.match(/data-address=/g)).toHaveLength(2)
    for (const { email } of [person, second]) expect(addresses).toContain(email)
    expect(devices).toContain('A browser')
    expect(devices.match(/This browser/g)).toHaveLength(1)
    expect(data).toMatch(/the original of your one photo \([\d.]+ KB\)/)
    expect(data).toMatch(/1 photo of 1,000/)
    expect(data).toMatch(/<meter[^>]* max="1000" value="1"/)
    expect(pages.join('')).not.toContain(person.session.cookie.slice('session='.length))
  })

  it('measure the space that counts, uploads under way too, where the export has what is there', async () => {
    const { person } = await newFace('small.png')
    await prepare(person, 'image/jpeg', 5_000_000)
    const usage = await (await ask('GET', '/api/usage', { as: person.session })).json<{ bytes: number }>()
    const html = await read('/settings/data', person.session)
    expect(html).toMatch(/<meter[^>]* max="1000" value="2"/)
    expect(html).toContain(` value="${usage.bytes}"`)
    expect(html).toContain('the original of your one photo')
  })

  it('lead from their list to each section, which says where one is and leads back', async () => {
    const { session } = await newPerson()
    const linksOf = (html: string) =>
      [
        ...(/<nav aria-label="Sections">[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '').matchAll(
          /<a href="(\/settings\/\w+)"[^>]*?( aria-current="page")?>/g,
        ),
      ].map(([, to, current]) => [to, Boolean(current)])
    expect(linksOf(await read('/settings', session))).toEqual(
      SECTIONS.map((name) => [`/settings/${name}`, false]),
    )
    for (const name of SECTIONS) {
      const html = await read(`/settings/${name}`, session)
      expect(linksOf(html)).toEqual(SECTIONS.map((other) => [`/settings/${other}`, other === name]))
      expect(html).toMatch(/<a class="settings-back" href="\/settings"/)
      expect(html.match(/<h1/g)).toHaveLength(1)
      const stranger = await ask('GET', `/settings/${name}`, { headers: { accept: 'text/html' } })
      expect(stranger.headers.get('location')).toBe(`/sign-in?next=/settings/${name}`)
    }
  })
})

describe('the photos page', () => {
  it('says for which address alone a photo shows, and that the panel is not what the primary one shows', async () => {
    const { person, photo } = await newFace('small.png')
    const other = await newPhoto(person, 'red.jpg')
    const namedOn = (html: string) =>
      [...html.matchAll(/title="([^"]+)" data-badge="for"/g)].map(([, to]) => to)
    expect(namedOn(await read('/photos', person.session))).toEqual([])
    const second = await newAddress(person)
    const change = (hash: string, photoId: string) =>
      ask('PATCH', `/api/addresses/${hash}`, { as: person.session, json: { photoId } })
    await change(second.hash, other.id)
    const html = await read('/photos', person.session)
    expect(namedOn(html)).toEqual([second.email])
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
