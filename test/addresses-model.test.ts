import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestHex } from '../src/lib/crypto'
import { addAddress, ask, newPerson, type Person } from './support'

interface Address {
  owner: Someone
  primary: boolean
  publicLookup: boolean
  follows: boolean
  photo: string | null
}

interface Someone {
  person: Person
  active: string | null
  /** Ids; what is deleted stays in the list and is refused from then on. */
  photos: string[]
}

/** What the service should be, in plain words. */
interface World {
  people: Someone[]
  /** E-mails that anybody may prove. */
  emails: { email: string; hash: string; md5: string }[]
  /** By hash. */
  addresses: Map<string, Address>
  gone: Set<string>
}

const step = fc.record({
  what: fc.constantFrom(
    'add',
    'add',
    'add',
    'remove',
    'primary',
    'activate',
    'activate',
    'activate',
    'choose',
    'choose',
    'follow',
    'follow',
    'freeze',
    'switch',
    'switch all',
    'delete',
  ),
  who: fc.nat(1),
  /** Which of one's own addresses, or of all: mostly something that there is. */
  own: fc.option(fc.nat(3), { freq: 6 }),
  any: fc.nat(5),
  /** 0 and 1: a photo of one's own; 2: another person's; 3: none. */
  photo: fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 3),
  on: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Ready photos, as rows alone: the profile of a key says by its alt text which one shows. */
async function insertPhotos(person: Person): Promise<string[]> {
  const ids = [crypto.randomUUID(), crypto.randomUUID()]
  await env.DB.batch(
    ids.map((id) =>
      env.DB.prepare(
        `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, alt_text, created_at)
         VALUES (?1, ?2, 'ready', 'image/png', 1, 64, 64, 'e', ?1, 0)`,
      ).bind(id, person.id),
    ),
  )
  return ids
}

async function newWorld(): Promise<World> {
  const people = await Promise.all(
    Array.from({ length: 2 }, async () => {
      const person = await newPerson()
      return { person, active: null, photos: await insertPhotos(person) }
    }),
  )
  const own = people.map(({ person }) => person)
  const fresh = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const email = `${crypto.randomUUID()}@example.com`
      return { email, hash: await digestHex('SHA-256', email), md5: await digestHex('MD5', email) }
    }),
  )
  const addresses = new Map<string, Address>(
    people.map((owner) => [
      owner.person.hash,
      { owner, primary: true, publicLookup: true, follows: true, photo: null },
    ]),
  )
  return { people, emails: [...own, ...fresh], addresses, gone: new Set() }
}

/** Does it in the service and in the model, and compares the answer. */
async function take(world: World, { what, who, own, any, photo, on }: Step): Promise<void> {
  const { addresses, gone } = world
  const me = world.people[who] as Someone
  const other = world.people[1 - who] as Someone
  const mine = world.emails.filter((one) => addresses.get(one.hash)?.owner === me)
  const named = what === 'add' || own === null ? world.emails[any] : mine[own % mine.length]
  const { email, hash } = named as World['emails'][number]
  const as = me.person.session
  const found = addresses.get(hash)
  const address = found?.owner === me ? found : undefined
  const photoId = [me.photos[0], me.photos[1], other.photos[0]][photo] ?? null
  const mayShow = photoId === null || (me.photos.includes(photoId) && !gone.has(photoId))
  const patch = async (json: object, refused: boolean, apply: (address: Address) => void) => {
    const { status } = await ask('PATCH', `/api/addresses/${hash}`, { as, json })
    expect(status).toBe(address && !refused ? 200 : 404)
    if (address && !refused) apply(address)
  }
  if (what === 'add') {
    const { status } = await addAddress(me.person, email)
    if (status === 429) return // too many codes for one mailbox in this hour
    expect(status).toBe(found && found.owner !== me ? 409 : 201)
    const { publicLookup } = [...addresses.values()].find((one) => one.owner === me && one.primary) as Address
    if (!found)
      addresses.set(hash, { owner: me, primary: false, publicLookup, follows: true, photo: me.active })
  } else if (what === 'remove') {
    const { status } = await ask('DELETE', `/api/addresses/${hash}`, { as })
    expect(status).toBe(!address ? 404 : address.primary ? 409 : 204)
    if (address && !address.primary) addresses.delete(hash)
  } else if (what === 'primary') {
    await patch({ primary: true }, false, (chosen) => {
      for (const one of addresses.values()) if (one.owner === me) one.primary = one === chosen
    })
  } else if (what === 'activate') {
    const { status } = await ask('PUT', '/api/me/active-photo', { as, json: { photoId } })
    expect(status).toBe(mayShow ? 200 : 404)
    if (!mayShow) return
    me.active = photoId
    for (const one of addresses.values()) if (one.owner === me && one.follows) one.photo = photoId
  } else if (what === 'choose') {
    await patch({ photoId }, !mayShow, (chosen) => Object.assign(chosen, { photo: photoId, follows: false }))
  } else if (what === 'follow') {
    await patch({ follows: true }, false, (chosen) =>
      Object.assign(chosen, { photo: me.active, follows: true }),
    )
  } else if (what === 'freeze') {
    await patch({ follows: false }, false, (chosen) => Object.assign(chosen, { follows: false }))
  } else if (what === 'switch') {
    await patch({ publicLookup: on }, false, (chosen) => Object.assign(chosen, { publicLookup: on }))
  } else if (what === 'switch all') {
    await ask('PATCH', '/api/me', { as, json: { publicLookup: on } })
    for (const one of addresses.values()) if (one.owner === me) one.publicLookup = on
  } else if (photoId) {
    const { status } = await ask('DELETE', `/api/photos/${photoId}`, { as })
    expect(status).toBe(mayShow ? 204 : 404)
    if (!mayShow) return
    gone.add(photoId)
    if (me.active === photoId) me.active = null
    for (const one of addresses.values()) if (one.photo === photoId) one.photo = null
  }
}

/** Which photo a key shows, as everybody can see it. */
async function shownBy(key: string): Promise<string | null> {
  const answer = await ask('GET', `/${key}.json`)
  if (answer.status === 404) return null
  return (await answer.json<{ altText: string }>()).altText
}

async function compare({ people, emails, addresses }: World): Promise<void> {
  const expected: [string, string | null][] = [
    ...people.map(({ person, active }): [string, string | null] => [person.publicKey, active]),
    ...emails.flatMap(({ hash, md5 }): [string, string | null][] => {
      const address = addresses.get(hash)
      const photo = address?.publicLookup ? address.photo : null
      return [
        [hash, photo],
        [md5, photo],
      ]
    }),
  ]
  const seen = await Promise.all(expected.map(async ([key]) => [key, await shownBy(key)] as const))
  expect(seen).toEqual(expected)
}

it('every key shows what a plain model says, after each step of whatever several people do', async () => {
  const steps = fc.array(step, { minLength: 25, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const world = await newWorld()
      for (const one of taken) {
        await take(world, one)
        await compare(world)
      }
    }),
    { numRuns: 4, endOnFailure: true },
  )
}, 60_000)
