import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { changeAddress } from '../src/accounts/addresses'
import type { AddressJson } from '../src/accounts/answers'
import { requestCode } from '../src/accounts/signin'
import type { PurgeJob } from '../src/avatar/purge'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import {
  activate,
  addAddress,
  ask,
  askAddress,
  holdMail,
  newAddress,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  signUp,
} from './support'

afterEach(() => vi.restoreAllMocks())

const email = () => `${crypto.randomUUID()}@example.com`
const list = async (person: Person) =>
  (await (await ask('GET', '/api/addresses', { as: person.session })).json<{ items: AddressJson[] }>()).items
const change = (person: Person, hash: string, json: unknown) =>
  ask('PATCH', `/api/addresses/${hash}`, { as: person.session, json })
const remove = (person: Person, hash: string) =>
  ask('DELETE', `/api/addresses/${hash}`, { as: person.session })
/** The status of a picture, and the public key or hash it stands for. */
const shows = async (key: string) => (await ask('GET', `/${key}?d=404&s=16`)).status === 200
const none = () => digestHex('SHA-256', crypto.randomUUID())

/** The keys of every purge that was queued since. */
function watchPurges(): () => Set<string> {
  const queue = vi.spyOn(Object.getPrototypeOf(env.PURGES), 'sendBatch')
  return () =>
    new Set(queue.mock.calls.flatMap(([sent]) => (sent as { body: PurgeJob }[])[0]?.body.keys ?? []))
}

describe('adding an address', () => {
  it('takes a mailed code, and then its hashes show the active photo of the account', async () => {
    const { person, photo } = await newFace('small.png')
    const to = email()
    const purged = watchPurges()
    const added = await newAddress(person, to)
    expect(added).toEqual({
      hash: await digestHex('SHA-256', to),
      md5: await digestHex('MD5', to),
      email: to,
      primary: false,
      publicLookup: true,
      follows: true,
      photoId: photo.id,
      createdAt: expect.any(Number),
    })
    expect(await shows(added.hash)).toBe(true)
    expect(await shows(added.md5)).toBe(true)
    expect(purged()).toEqual(new Set([added.hash, added.md5])) // "nobody" was cached
    expect((await list(person)).map((address) => address.primary)).toEqual([true, false])
  })

  it('reads an address as everywhere: upper case, blanks, a full-width sign, an international domain', async () => {
    const person = await newPerson()
    const name = crypto.randomUUID()
    const added = await newAddress(person, `${name}@xn--mller-kva.example`)
    const alias = `${name}@müller.example`
    for (const typed of [` ${name.toUpperCase()}@Müller.example\t`, `${name}＠müller.example`]) {
      const json = { email: typed }
      expect((await ask('POST', '/api/addresses', { as: person.session, json })).status).toBe(202)
    }
    expect((await list(person)).map((address) => address.email)).toEqual([person.email, added.email])
    await activate(person, (await newPhoto(person, 'small.png')).id)
    for (const form of [added.email, alias]) expect(await shows(await digestHex('SHA-256', form))).toBe(true)
  })

  it.each([[''], ['no address'], [7], [null], ['ü@example.com'], [`${'a'.repeat(250)}@example.com`]])(
    'refuses %j',
    async (wrong) => {
      const { session } = await newPerson()
      const answer = ask('POST', '/api/addresses', { as: session, json: { email: wrong } })
      expect(await refusal(answer)).toEqual([400, 'invalid_input'])
    },
  )

  it('signs in to the same account with any of its addresses', async () => {
    const person = await newPerson()
    const { email: second } = await newAddress(person)
    expect((await signUp(second)).id).toBe(person.id)
    expect((await signUp(second)).email).toBe(person.email)
  })

  it('answers the same for an address of mine, of another person and of nobody', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const answers = await Promise.all(
      [person.email, other.email, email()].map(async (to) => {
        const answer = await ask('POST', '/api/addresses', { as: person.session, json: { email: to } })
        const cookie = answer.headers.get('set-cookie')?.replace(/=[\w-]{43}/, '')
        return [answer.status, await answer.text(), cookie]
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.[0]).toBe(202)
  })

  it('says that an address has an account of its own only to who has proven it', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const { as, code } = await askAddress(person, other.email)
    const wrong = code === '00000000' ? '00000001' : '00000000'
    const confirm = (json: unknown) => refusal(ask('POST', '/api/addresses/confirm', { as, json }))
    expect(await confirm({ code: wrong })).toEqual([401, 'invalid_code'])
    expect(await confirm({ code })).toEqual([409, 'address_in_use'])
    expect(await list(other)).toHaveLength(1)
  })

  it('is idempotent for an address that is mine already, one after the other and at once', async () => {
    const person = await newPerson()
    const to = email()
    const twice = await Promise.all([addAddress(person, to), addAddress(person, to)])
    const third = await addAddress(person, to)
    expect([...twice, third].map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(await list(person)).toHaveLength(2)
    expect((await addAddress(person, person.email)).status).toBe(201)
    expect((await list(person)).map((address) => address.primary)).toEqual([true, false])
  })

  it('gives an address that two people prove at once to one of them', async () => {
    const people = [await newPerson(), await newPerson()]
    const to = email()
    const answers = await Promise.all(people.map((person) => addAddress(person, to)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409])
    expect((await Promise.all(people.map(list))).flat().filter((one) => one.email === to)).toHaveLength(1)
  })

  it('adds once where one code is confirmed twice at once', async () => {
    const person = await newPerson()
    const { as, code } = await askAddress(person, email())
    const confirm = () => ask('POST', '/api/addresses/confirm', { as, json: { code } })
    const answers = await Promise.all([confirm(), confirm()])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 401])
    expect(await list(person)).toHaveLength(2)
  })

  it('refuses a code of another purpose, another browser and another person', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const mailbox = holdMail()
    const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
    const asker = { client: crypto.randomUUID(), knownBrowser: undefined }
    const signingIn = await requestCode(caps, { email: email(), ...asker })
    const adding = await askAddress(person, email())
    const refused = async (path: string, cookies: string, code: string) =>
      expect(await refusal(ask('POST', path, { as: { cookie: cookies }, json: { code } }))).toEqual([
        401,
        'invalid_code',
      ])
    const { cookie } = person.session
    await refused('/api/addresses/confirm', `${cookie}; new-address=${signingIn}`, mailbox.code())
    await refused('/api/sign-in', `sign-in=${adding.browserId}`, adding.code)
    await refused('/api/addresses/confirm', cookie, adding.code)
    await refused('/api/addresses/confirm', `${cookie}; new-address=made-up`, adding.code)
    await refused(
      '/api/addresses/confirm',
      `${other.session.cookie}; new-address=${adding.browserId}`,
      adding.code,
    )
    const own = ask('POST', '/api/addresses/confirm', { as: adding.as, json: { code: adding.code } })
    expect((await own).status).toBe(201) // none of it cost the code
  })

  it('takes ten, also when more are confirmed at once, and then mails no code', async () => {
    const person = await newPerson()
    const asked = await Promise.all(Array.from({ length: 12 }, () => askAddress(person, email())))
    const answers = await Promise.all(
      asked.map(({ as, code }) => ask('POST', '/api/addresses/confirm', { as, json: { code } })),
    )
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(9)
    expect(statuses.filter((status) => status === 409)).toHaveLength(3)
    expect(await list(person)).toHaveLength(10)
    const eleventh = ask('POST', '/api/addresses', { as: person.session, json: { email: email() } })
    expect(await refusal(eleventh)).toEqual([409, 'quota_exceeded'])
  })

  it('keeps the look-up off where it is off', async () => {
    const { person } = await newFace('small.png')
    await ask('PATCH', '/api/me', { as: person.session, json: { publicLookup: false } })
    const added = await newAddress(person)
    expect([added.publicLookup, await shows(added.hash)]).toEqual([false, false])
  })
})

describe('what an address shows', () => {
  it('is a photo of its own, none, or again the active one, and nothing else changes', async () => {
    const { person, photo } = await newFace('small.png')
    const own = await newPhoto(person, 'red.jpg')
    const { hash, md5 } = await newAddress(person)
    const purged = watchPurges()
    expect(await (await change(person, hash, { photoId: own.id })).json()).toMatchObject({
      photoId: own.id,
      follows: false,
    })
    expect(purged()).toEqual(new Set([hash, md5]))
    const [mine] = await list(person)
    expect(mine).toMatchObject({ photoId: photo.id, follows: true })
    await change(person, hash, { photoId: null })
    expect([await shows(hash), await shows(person.hash), await shows(person.publicKey)]).toEqual([
      false,
      true,
      true,
    ])
    expect(await (await change(person, hash, { follows: true })).json()).toMatchObject({
      photoId: photo.id,
      follows: true,
    })
  })

  it('stays where another photo becomes the active one, if it does not follow', async () => {
    const { person, photo } = await newFace('small.png')
    const other = await newPhoto(person, 'red.jpg')
    const { hash, md5 } = await newAddress(person)
    expect(await (await change(person, hash, { follows: false })).json()).toMatchObject({ photoId: photo.id })
    const purged = watchPurges()
    await activate(person, other.id)
    expect(purged()).toEqual(new Set([person.hash, person.md5, person.publicKey]))
    expect((await list(person)).map((address) => address.photoId)).toEqual([other.id, photo.id])
    await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })
    expect(purged()).toEqual(new Set([person.hash, person.md5, person.publicKey, hash, md5]))
    expect((await list(person)).map((address) => address.photoId)).toEqual([other.id, null])
  })

  it('is never a photo of another person, a pending one or one that is not there', async () => {
    const { person, photo } = await newFace('small.png')
    const theirs = (await newFace('small.png')).photo.id
    const { hash } = await newAddress(person)
    const pending = await prepare(person, 'image/png', 10)
    expect(await refusal(change(person, hash, { photoId: theirs }))).toEqual([404, 'not_found'])
    expect(await refusal(change(person, hash, { photoId: crypto.randomUUID() }))).toEqual([404, 'not_found'])
    expect(await refusal(change(person, hash, { photoId: pending }))).toEqual([409, 'photo_not_ready'])
    expect((await list(person)).at(-1)).toMatchObject({ photoId: photo.id, follows: true })
  })

  it('switches its look-up alone; PATCH /api/me switches all', async () => {
    const { person } = await newFace('small.png')
    const { hash } = await newAddress(person)
    await change(person, hash, { publicLookup: false })
    expect([await shows(hash), await shows(person.hash)]).toEqual([false, true])
    await ask('PATCH', '/api/me', { as: person.session, json: { publicLookup: false } })
    expect((await list(person)).map((address) => address.publicLookup)).toEqual([false, false])
    await ask('PATCH', '/api/me', { as: person.session, json: { publicLookup: true } })
    expect([await shows(hash), await shows(person.hash)]).toEqual([true, true])
  })

  it.each([
    [{ photoId: null, follows: true }],
    [{ follows: 'yes' }],
    [{ photoId: 7 }],
    [{ primary: false }],
    [{ publicLookup: 1 }],
    [{ email: 'a@example.com' }],
    [[]],
  ])('refuses %j', async (json) => {
    const person = await newPerson()
    expect(await refusal(change(person, person.hash, json))).toEqual([400, 'invalid_input'])
  })

  it('changes nothing where nothing is said, and takes the hash in any case', async () => {
    const person = await newPerson()
    const answer = await change(person, person.hash.toUpperCase(), {})
    expect([answer.status, await answer.json()]).toEqual([200, (await list(person))[0]])
  })
})

describe('the primary address', () => {
  it('is another one after one call, together with what else it changes', async () => {
    const { person } = await newFace('small.png')
    const { hash, email: second } = await newAddress(person)
    expect(await (await change(person, hash, { primary: true, publicLookup: false })).json()).toMatchObject({
      primary: true,
      publicLookup: false,
    })
    const me = await (await ask('GET', '/api/me', { as: person.session })).json()
    expect(me).toMatchObject({ id: person.id, email: second, hash, publicLookup: false })
    expect((await list(person)).map((address) => address.primary)).toEqual([true, false])
    expect((await change(person, hash, { primary: true })).status).toBe(200)
  })

  it('tells the one before by mail, twenty times a day at most, and not where nothing changes', async () => {
    const person = await newPerson()
    const { hash, email: second } = await newAddress(person)
    const mails: { to: string; text: string }[] = []
    const mailer = { send: async (mail: unknown) => mails.push(mail as (typeof mails)[0]) } as never
    const caps = { ...openCapabilities(env, Date.now()), email: mailer }
    const make = (primary: string) => changeAddress(caps, { user: person, hash: primary, primary: true })
    await make(person.hash)
    expect(mails).toEqual([])
    await make(hash)
    expect(mails.map(({ to }) => to)).toEqual([person.email])
    expect(mails[0]?.text).toContain(`The primary address of your Cameo account is ${second} now.`)
    for (let turn = 0; turn < 19; turn++) await make(turn % 2 ? hash : person.hash)
    await expect(make(hash)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(mails).toHaveLength(20)
  })

  it('changes also where no mail can be sent', async () => {
    const person = await newPerson()
    const { hash } = await newAddress(person)
    const email = { send: () => Promise.reject(new Error('mail is down')) } as never
    const caps = { ...openCapabilities(env, Date.now()), email }
    await changeAddress(caps, { user: person, hash, primary: true })
    expect((await list(person))[0]).toMatchObject({ hash, primary: true })
  })

  it('is always exactly one, whatever is asked at once', async () => {
    const person = await newPerson()
    const added = [await newAddress(person), await newAddress(person), await newAddress(person)]
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        ...added.map(({ hash }) => change(person, hash, { primary: true })),
        remove(person, added[round % 3]?.hash ?? ''),
      ])
      expect((await list(person)).filter((address) => address.primary)).toHaveLength(1)
    }
  })

  it('cannot be removed, nor the last', async () => {
    const person = await newPerson()
    expect(await refusal(remove(person, person.hash))).toEqual([409, 'primary_address'])
    await newAddress(person)
    expect(await refusal(remove(person, person.hash))).toEqual([409, 'primary_address'])
  })
})

describe('removing an address', () => {
  it('leaves nothing under its keys from the next request, and purges them first', async () => {
    const { person } = await newFace('small.png')
    const { hash, md5, email: gone } = await newAddress(person)
    const queue = vi.spyOn(Object.getPrototypeOf(env.PRIVACY_PURGES), 'sendBatch')
    expect((await remove(person, hash)).status).toBe(204)
    const [sent] = queue.mock.calls.map(([messages]) => messages as { body: PurgeJob }[])
    expect(sent?.map(({ body }) => body.keys)).toEqual([
      [hash, md5],
      [hash, md5],
    ])
    expect([await shows(hash), await shows(md5), await shows(person.hash)]).toEqual([false, false, true])
    expect(await refusal(remove(person, hash))).toEqual([404, 'not_found'])
    expect((await newPerson(gone)).id).not.toBe(person.id) // whoever proves it now starts anew
  })

  it('answers the same for an address of another person as for none', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const theirs = (await newAddress(other)).hash
    const answers = await Promise.all(
      [theirs, await none(), 'x'].map(async (hash) => {
        const answer = await remove(person, hash)
        return [answer.status, await answer.text()]
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await list(other)).toHaveLength(2)
  })
})

describe('two addresses of one person', () => {
  it('cannot be told to be one person’s: not by headers, profile or errors', async () => {
    const { person } = await newFace('small.png')
    const { hash, email: second } = await newAddress(person)
    const said = async (key: string) => {
      const [picture, profile] = [await ask('GET', `/${key}`), await ask('GET', `/${key}.json`)]
      return [...picture.headers, ...profile.headers, await profile.text()].join()
    }
    const [first, other] = [await said(person.hash), await said(hash)]
    for (const secret of [hash, second, person.email, person.id, person.publicKey])
      expect(first).not.toContain(secret)
    for (const secret of [person.hash, second, person.email, person.id, person.publicKey])
      expect(other).not.toContain(secret)
  })
})
