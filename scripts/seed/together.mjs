import { createHash } from 'node:crypto'
import { listPhotos } from './door.mjs'

// What is between the people of a development database. Pictures by their numbers.

const ADA = 'ada@example.com'
const MAXIMILIANA = 'maximiliana@example.com'
const NOOR = 'noor@example.com'
const PIP = 'pip@example.com'
const SAM = 'sam@example.com'

/** What whoever is named first calls the other. */
const NAMES = [
  [ADA, MAXIMILIANA, 'Maxi'],
  [ADA, PIP, 'Pip'],
  [ADA, 'grandma@example.com', 'Grandma'],
  [MAXIMILIANA, ADA, 'Ada from the lighthouse'],
]

/** Whose picture, and who sees it. */
const SHARES = [
  [ADA, 3, MAXIMILIANA],
  [ADA, 3, 'grandma@example.com'],
  [ADA, 10, PIP],
  [MAXIMILIANA, 15, ADA],
  [MAXIMILIANA, 14, ADA],
  [PIP, 36, ADA],
  [PIP, 40, ADA],
]

/** Whose picture, who is seen on it, and where. */
const TAGS = [
  [ADA, 6, PIP, { x: 0.3, y: 0.2, width: 0.3, height: 0.35 }],
  [PIP, 32, ADA, { x: 0.25, y: 0.2, width: 0.5, height: 0.5 }],
  [PIP, 34, ADA, { x: 0.25, y: 0.2, width: 0.5, height: 0.5 }],
]

const ALBUMS = [
  {
    owner: ADA,
    title: 'A year outdoors',
    members: [
      [MAXIMILIANA, 'contributor'],
      [PIP, 'viewer'],
    ],
    photos: [
      [ADA, 2],
      [ADA, 4],
      [ADA, 5],
      [ADA, 6],
      [ADA, 8],
      [MAXIMILIANA, 17],
      [MAXIMILIANA, 21],
    ],
  },
  {
    owner: ADA,
    title: 'Nights',
    members: [],
    photos: [
      [ADA, 10],
      [ADA, 9],
      [ADA, 11],
    ],
  },
]

const MESSAGES = [
  [MAXIMILIANA, ADA, 'The northern lights were out again. I stood on the gallery until two.'],
  [ADA, MAXIMILIANA, 'I can see why! May I put them into our album?'],
  [MAXIMILIANA, ADA, 'Please do. There are more at https://example.com/lights'],
  [PIP, ADA, 'Is the fox mine or yours? 🦊'],
  [NOOR, ADA, 'مرحبًا! وصلت الصور، شكرًا جزيلًا.'],
  [ADA, SAM, 'Welcome, Sam. Add a picture of yours, then this has a face.'],
]

/**
 * Names, shares, albums, tags and messages between people who have their photos. What is there stays as it is.
 * @param {{ person: import('./people.mjs').Person, call: Function }[]} visits
 */
export async function joinPeople(visits) {
  const calls = new Map(visits.map(({ person, call }) => [person.email, call]))
  const ids = new Map()
  for (const { person, call } of visits) {
    const there = new Map((await listPhotos(call)).map(({ altText, id }) => [altText, id]))
    for (const { number, altText } of person.photos) ids.set(number, there.get(altText))
  }
  const put = (email, path, body) => calls.get(email)('PUT', path, body)

  for (const [email, other, name] of NAMES) await put(email, `/api/contacts/${hashOf(other)}`, { name })
  for (const [email, number, other] of SHARES)
    await put(email, `/api/photos/${ids.get(number)}/shares/${hashOf(other)}`)
  for (const album of ALBUMS) await addAlbum({ calls, ids, album })
  for (const [email, number, other, box] of TAGS)
    await put(email, `/api/photos/${ids.get(number)}/tags/${hashOf(other)}`, box)
  for (const [email, other, text] of MESSAGES) await write(calls.get(email), { to: hashOf(other), text })
}

/** An album that is there by its title is filled up. */
async function addAlbum({ calls, ids, album: { owner, title, members, photos } }) {
  const call = calls.get(owner)
  const { items } = await call('GET', '/api/albums?limit=100')
  const { id } = items.find((each) => each.title === title) ?? (await call('POST', '/api/albums', { title }))
  for (const [email, role] of members)
    await call('PUT', `/api/albums/${id}/members/${hashOf(email)}`, { role })
  for (const [email, number] of photos)
    await calls.get(email)('PUT', `/api/albums/${id}/photos/${ids.get(number)}`)
}

/** Once, however often the seed runs. */
async function write(call, { to, text }) {
  const { items } = await call('GET', `/api/conversations/${to}?limit=100`)
  if (!items.some((message) => message.text === text)) await call('POST', '/api/messages', { to, text })
}

function hashOf(email) {
  return createHash('sha256').update(email).digest('hex')
}
