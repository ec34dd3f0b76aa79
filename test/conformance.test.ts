import { beforeAll, describe, expect, it } from 'vitest'
import { sniffImage } from '../src/lib/sniff/sniff'
import { activate, ask, newFace, newPerson, newPhoto, type Person } from './support'

/** The people of the table. `hidden` has switched the look-up by e-mail off, `risky` shows a photo rated `pg`. */
let people: Record<'shown' | 'clear' | 'hidden' | 'risky' | 'without', Person>

beforeAll(async () => {
  const rate = async (person: Person, id: string, rating: string) =>
    ask('PATCH', `/api/photos/${id}`, { as: person.session, json: { rating } })
  const shown = await newPerson('MyEmailAddress@example.com '.trim().toLowerCase())
  await activate(shown, (await newPhoto(shown, 'noise.jpg')).id)
  const clear = await newPerson('george@example.com')
  await activate(clear, (await newPhoto(clear, 'glass.png')).id)
  const hidden = (await newFace('noise.jpg')).person
  await ask('PATCH', '/api/me', { as: hidden.session, json: { publicLookup: false } })
  const risky = await newFace('noise.jpg')
  await rate(risky.person, risky.photo.id, 'pg')
  people = { shown, clear, hidden, risky: risky.person, without: await newPerson() }
})

const SHA = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee' // MyEmailAddress@example.com
const MD5 = '0bc83cb571cd1c50ba6f3e8a78ef1346'
const GEORGE = '40f8d096a3777232204cb3f796c577b7' // George@example.com
const NOBODY = '0'.repeat(64)
const CHROME = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
const SAFARI = 'image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5'

/** What an answer is: status, type, side in pixels, Cache-Control, Vary. */
type Expected = [
  status: number,
  type: string | null,
  side: number | null,
  cache: string,
  vary: 'Accept' | null,
]
type Row = [path: string, expected: Expected, accept?: string]

const MINUTES = 'public, max-age=300'
const MINUTE = 'public, max-age=60'
const still = (side: number): Expected => [200, 'image/jpeg', side, MINUTES, 'Accept']
const fixed = (type: string, side: number): Expected => [200, `image/${type}`, side, MINUTES, null]
const negotiated = (type: string, side: number): Expected => [200, `image/${type}`, side, MINUTES, 'Accept']
const drawn = (side: number): Expected => [200, 'image/png', side, MINUTES, null]
const absent: Expected = [404, 'text/plain', null, MINUTE, null]
const wrong: Expected = [404, 'application/problem+json', null, 'private, no-store', null]
const profile: Expected = [200, 'application/json', null, MINUTES, null]
const moved: Expected = [302, null, null, MINUTE, null]

const STYLES = [
  'mp',
  'mm',
  'identicon',
  'monsterid',
  'wavatar',
  'retro',
  'robohash',
  'initials',
  'color',
  'blank',
]

const ROWS: Row[] = [
  // Paths and keys
  [`/${SHA}`, still(80)],
  [`/avatar/${SHA}`, still(80)],
  [`/photos/${SHA}`, still(80)],
  [`/${MD5}`, still(80)],
  [`/avatar/${MD5}`, still(80)],
  [`/photos/${MD5}`, still(80)],
  [`/avatar/${SHA.toUpperCase()}`, still(80)],
  [`/avatar/${MD5.toUpperCase()}`, still(80)],
  [`/${SHA.slice(0, 32).toUpperCase()}${SHA.slice(32)}`, still(80)],
  ['/{shown.publicKey}', still(80)],
  ['/avatar/{shown.publicKey}', still(80)],
  ['/photos/{shown.publicKey}', still(80)],
  ['/{shown.publicKey}.png?s=40', fixed('png', 40)],
  [`/avatar/${GEORGE}`, negotiated('png', 80)],
  [`/avatar/${GEORGE}.jpg`, fixed('jpeg', 80)],
  [`/${NOBODY}`, drawn(80)],
  [`/avatar/${NOBODY}`, drawn(80)],
  [`/photos/${NOBODY}`, drawn(80)],
  ['/{without.hash}', drawn(80)],
  ['/{without.publicKey}', drawn(80)],
  ['/avatar', drawn(80)],
  ['/avatar/', drawn(80)],
  ['/avatar/?d=identicon&s=48', drawn(48)],
  ['/avatar?s=200', drawn(200)],
  ['/avatar/?d=404', absent],
  ['/avatar/?s=96&d=mm&r=g', drawn(96)],
  ['/avatar/?s=26&d=&r=G', drawn(32)],
  ['/avatar/.png?s=40', drawn(40)],
  ['/photos/', [308, null, null, 'private, no-store', null]],
  ['/favicon.ico', wrong],
  ['/robots.txt', wrong],
  [`/${MD5.slice(1)}`, wrong],
  [`/${MD5}0`, wrong],
  [`/${SHA.slice(1)}`, wrong],
  [`/${SHA}0`, wrong],
  [`/${SHA.slice(0, 63)}g`, wrong],
  [`/${MD5.slice(0, 31)}g`, wrong],
  [`/${SHA}.svg`, wrong],
  [`/${SHA}.`, wrong],
  [`/${SHA}.jpg.png`, wrong],
  [`/${SHA}/`, wrong],
  [`/avatar/${SHA}/80`, wrong],
  ['/avatar/me@example.com', wrong],
  ['/%00', wrong],
  ['/%0A', wrong],
  [`/${SHA}%0A`, wrong],
  ['/robots%E2%80%A8.txt', wrong],
  ['/.png', wrong],
  ['/photos/.png', wrong],
  ['/..%2f..%2fetc', wrong],
  // Sizes
  ...[16, 20, 24, 32, 36, 40, 48, 64, 72, 80, 96, 100, 120, 128].map(
    (s): Row => [`/${SHA}?s=${s}`, still(s)],
  ),
  ...[144, 150, 160, 192, 200, 240, 250, 256, 300, 320, 360, 400, 480, 500, 512, 600].map(
    (s): Row => [`/${MD5}?size=${s}`, still(s)],
  ),
  [`/${SHA}?s=1`, still(16)],
  [`/${SHA}?s=17`, still(20)],
  [`/${SHA}?s=81`, still(96)],
  [`/${SHA}?s=`, still(80)],
  [`/${SHA}?s=0`, still(80)],
  [`/${SHA}?s=-1`, still(80)],
  [`/${SHA}?s=1e3`, still(80)],
  [`/${SHA}?s=80px`, still(80)],
  [`/${SHA}?s=99999999999999999999`, still(600)], // 300 pixels are enlarged to twice that at most
  [`/${SHA}?s=2048`, still(600)],
  [`/${SHA}?s=200&s=40`, still(200)],
  [`/${SHA}?s=40&size=200`, still(200)],
  [`/${SHA}?size=&s=40`, still(40)],
  [`/${NOBODY}?s=2048`, drawn(2048)],
  [`/${NOBODY}?s=2049`, drawn(2048)],
  [`/${NOBODY}?s=1025`, drawn(1200)],
  [`/${NOBODY}?s=3`, drawn(16)],
  // Formats
  [`/${SHA}.jpg`, fixed('jpeg', 80)],
  [`/${SHA}.jpeg`, fixed('jpeg', 80)],
  [`/${SHA}.JPG?s=40`, fixed('jpeg', 40)],
  [`/${SHA}.png`, fixed('png', 80)],
  [`/${SHA}.webp`, fixed('webp', 80)],
  [`/${SHA}.avif`, fixed('avif', 80)],
  [`/${SHA}.gif`, fixed('png', 80)],
  [`/avatar/${MD5}.jpg?s=120`, fixed('jpeg', 120)],
  [`/photos/${SHA}.webp?s=24`, fixed('webp', 24)],
  [`/${SHA}.jpg`, fixed('jpeg', 80), CHROME],
  [`/${SHA}?s=200`, negotiated('avif', 200), CHROME],
  [`/${SHA}?s=200`, negotiated('webp', 200), SAFARI],
  [`/${SHA}?s=200`, still(200), '*/*'],
  [`/${SHA}?s=200`, still(200), 'image/*'],
  [`/${SHA}?s=200`, still(200), 'text/html'],
  [`/${SHA}?s=200`, negotiated('webp', 200), 'image/avif;q=0,image/webp'],
  [`/${GEORGE}?s=200`, negotiated('webp', 200), SAFARI],
  [`/${NOBODY}`, drawn(80), CHROME],
  [`/${NOBODY}.jpg`, drawn(80)],
  [`/${NOBODY}.webp?d=retro`, drawn(80)],
  // Default pictures
  ...STYLES.map((style): Row => [`/${NOBODY}?d=${style}`, drawn(80)]),
  ...STYLES.map(
    (style): Row => [`/avatar/${MD5.replace('0', '9')}?default=${style.toUpperCase()}&s=256`, drawn(256)],
  ),
  ...STYLES.map((style): Row => [`/${SHA}?d=${style}&f=y&s=24`, drawn(24)]),
  [`/${SHA}?d=retro`, still(80)],
  [`/${SHA}?f=y`, drawn(80)],
  [`/${SHA}?forcedefault=y`, drawn(80)],
  [`/${SHA}?f=Y&d=404`, absent],
  [`/${SHA}?f=n`, still(80)],
  [`/${SHA}?f=`, still(80)],
  [`/${NOBODY}?d=404`, absent],
  [`/${NOBODY}.png?d=404`, absent],
  [`/${NOBODY}?default=404&d=retro`, absent],
  [`/${NOBODY}?d=`, drawn(80)],
  [`/${NOBODY}?d=nonsense`, drawn(80)],
  [`/${NOBODY}?d=constructor`, drawn(80)],
  [`/${NOBODY}?d=initials&initials=AB`, drawn(80)],
  [`/${NOBODY}?d=initials&name=Ada+Lovelace`, drawn(80)],
  [`/${NOBODY}?d=initials&name=%E6%9D%8E`, drawn(80)],
  [`/${NOBODY}?d=initials&initials=${'A'.repeat(5000)}`, drawn(80)],
  [`/${NOBODY}?d=initials&name=%FF%FE`, drawn(80)],
  // d=<URL>: `trusted.example` is on the allow-list of the tests
  [`/${NOBODY}?d=https%3A%2F%2Ftrusted.example%2Fface.png%3Fa%3D1%26b%3D2`, moved],
  [`/${SHA}?d=https%3A%2F%2Ftrusted.example%2Fface.png`, still(80)],
  [`/${SHA}?d=https%3A%2F%2Ftrusted.example%2Fface.png&f=y`, moved],
  [`/${NOBODY}?d=http%3A%2F%2Ftrusted.example%2Fface.png`, drawn(80)],
  [`/${NOBODY}?d=https%3A%2F%2Fevil.example%2Fface.png`, drawn(80)],
  [`/${NOBODY}?d=https%3A%2F%2Ftrusted.example%3A8443%2Fface.png`, drawn(80)],
  [`/${NOBODY}?d=https%3A%2F%2Ftrusted.example%40evil.example%2F`, drawn(80)],
  [`/${NOBODY}?d=https%3A%2F%2Fme%3Apw%40trusted.example%2F`, drawn(80)],
  [`/${NOBODY}?d=https%3A%2F%2Ftrusted.example.evil.example%2F`, drawn(80)],
  [`/${NOBODY}?d=%2F%2Ftrusted.example%2Fface.png`, drawn(80)],
  [`/${NOBODY}?d=javascript%3Aalert(1)`, drawn(80)],
  [`/${NOBODY}?d=https%253A%252F%252Ftrusted.example%252F`, drawn(80)],
  // Ratings
  ['/{risky.hash}', drawn(80)],
  ['/{risky.hash}?r=g', drawn(80)],
  ['/{risky.hash}?r=pg', still(80)],
  ['/{risky.hash}?rating=PG', still(80)],
  ['/{risky.hash}?r=R', still(80)],
  ['/{risky.hash}?r=x', still(80)],
  ['/{risky.hash}?r=', drawn(80)],
  ['/{risky.hash}?r=nonsense', drawn(80)],
  ['/{risky.hash}?rating=g&r=x', drawn(80)],
  ['/{risky.hash}?d=404', absent],
  // The look-up switched off
  ['/{hidden.hash}', drawn(80)],
  ['/{hidden.md5}', drawn(80)],
  ['/{hidden.hash}?d=404', absent],
  ['/{hidden.publicKey}', still(80)],
  ['/{hidden.publicKey}?s=200', negotiated('avif', 200), CHROME],
  ['/{hidden.hash}.json', absent],
  ['/{hidden.publicKey}.json', profile],
  // Profiles
  [`/${SHA}.json`, profile],
  [`/avatar/${MD5}.JSON`, profile],
  ['/{without.hash}.json', absent],
  ['/{risky.hash}.json', absent],
  ['/{risky.hash}.json?r=x', absent],
  [`/${NOBODY}.json`, absent],
  ['/avatar/.json', absent],
  ['/me.json', wrong],
  // What consumers add
  [`/avatar/${MD5}?s=120&r=pg&d=identicon&reset_cache=5bd1f7`, still(120)],
  [`/avatar/${MD5}.png?s=90&r=pg&d=identicon`, fixed('png', 90 + 6)],
  [`/avatar/${SHA}?s=192&d=identicon`, still(192)],
  [`/avatar/${SHA}?d=identicon&s=104`, still(120)],
  [`/avatar/${MD5}?rating=PG&size=50&default=`, still(64)],
  [`/avatar/${SHA}?s=96&d=mm&r=g&utm_source=x&s`, still(96)],
  [`/avatar/${NOBODY}?secure=true&s=40&default=wavatar`, drawn(40)],
]

function fill(path: string): string {
  return path.replace(
    /\{(\w+)\.(\w+)\}/,
    (_match, who: keyof typeof people, what: 'hash' | 'md5' | 'publicKey') => people[who][what],
  )
}

describe('what Gravatar and Libravatar clients ask', () => {
  it('has at least 150 rows', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(150)
  })

  it.each(ROWS)('%s', async (path, expected, accept) => {
    const answer = await ask('GET', fill(path), { headers: accept ? { accept } : {} })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const side = answer.headers.get('content-type')?.startsWith('image/') ? sniffImage(bytes) : null
    const seen: Expected = [
      answer.status,
      answer.headers.get('content-type')?.split(';')[0] ?? null,
      side?.width ?? null,
      answer.headers.get('cache-control') ?? '',
      answer.headers.get('vary') as 'Accept' | null,
    ]
    expect(seen).toEqual(expected)
    expect(side?.height ?? null).toBe(side?.width ?? null)
    if (seen[0] === 200 || seen[0] === 302)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('d=<URL>', () => {
  it('leads to exactly that URL, its query kept', async () => {
    const answer = await ask(
      'GET',
      `/${NOBODY}?d=https%3A%2F%2Ftrusted.example%2FFace.png%3Fa%3D1%26b%3D%2520`,
    )
    expect(answer.headers.get('location')).toBe('https://trusted.example/Face.png?a=1&b=%20')
  })
})

describe('default pictures', () => {
  it('are drawn from the key as asked: two keys of one person differ, one key is always the same', async () => {
    const draw = async (key: string) =>
      new Uint8Array(await (await ask('GET', `/${key}?d=identicon&f=y`)).arrayBuffer())
    expect(await draw(SHA)).toEqual(await draw(SHA.toUpperCase()))
    expect(await draw(SHA)).not.toEqual(await draw(MD5))
  })

  it('carry the letters that were asked for', async () => {
    const draw = async (query: string) =>
      (await ask('GET', `/${NOBODY}?d=initials&${query}`)).headers.get('etag')
    expect(await draw('initials=AL')).toBe(await draw('name=Ada+Lovelace'))
    expect(await draw('initials=AL&name=Grace+Hopper')).toBe(await draw('initials=al'))
    expect(await draw('initials=AL')).not.toBe(await draw('initials=GH'))
  })
})

describe('GET /{key}.json', () => {
  it('says the key as asked, the name, the URL of the picture and its alt text, and nothing else', async () => {
    const { person, photo } = await newFace('small.png')
    await ask('PATCH', '/api/me', { as: person.session, json: { displayName: 'Ada </script>' } })
    await ask('PATCH', `/api/photos/${photo.id}`, {
      as: person.session,
      json: { altText: 'Ada at her desk' },
    })
    for (const key of [person.hash, person.md5, person.publicKey]) {
      const answer = await ask('GET', `/${key}.json`)
      const avatarUrl = `http://localhost/${key}`
      expect(await answer.json()).toEqual({
        key,
        displayName: 'Ada </script>',
        avatarUrl,
        altText: 'Ada at her desk',
      })
      const etag = answer.headers.get('etag') as string
      expect((await ask('GET', `/${key}.json`, { headers: { 'if-none-match': etag } })).status).toBe(304)
      expect((await ask('HEAD', `/${key}.json`)).headers.get('etag')).toBe(etag)
    }
  })
})
