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
  vary: 'Accept' | 'Accept-Language, Cookie' | null,
]
type Row = [path: string, expected: Expected, accept?: string]

const MINUTES = 'public, max-age=300'
const MINUTE = 'public, max-age=60'
const still = (side: number): Expected => [200, 'image/jpeg', side, MINUTES, 'Accept']
const fixed = (type: string, side: number): Expected => [200, `image/${type}`, side, MINUTES, null]
const negotiated = (type: string, side: number): Expected => [200, `image/${type}`, side, MINUTES, 'Accept']
const drawn = (side: number): Expected => [200, 'image/png', side, MINUTES, null]
const absent: Expected = [404, 'text/plain', null, MINUTE, null]
const wrong: Expected = [
  404,
  'application/problem+json',
  null,
  'private, no-store',
  'Accept-Language, Cookie',
]
/** A path that no picture can have: not ours to answer for. */
const elsewhere: Expected = [...wrong]
/** The start page. */
const page: Expected = [200, 'text/html', null, 'private, no-store', 'Accept-Language, Cookie']
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
  [`/${MD5.slice(1)}`, wrong],
  [`/${MD5}0`, wrong],
  [`/${SHA.slice(1)}`, wrong],
  [`/${SHA}0`, wrong],
  [`/${SHA.slice(0, 63)}g`, wrong],
  [`/${MD5.slice(0, 31)}g`, wrong],
  [`/${SHA}.svg`, wrong],
  [`/${SHA}.`, wrong],
  [`/${SHA}.jpg.png`, wrong],
  ['//', elsewhere],
  [`/${SHA}/80`, elsewhere],
  [`/photos/${SHA}/80`, elsewhere],
  [`/Avatar/${SHA}`, elsewhere],
  [`/photos/me@example.com`, wrong],
  [`/?gravatar_id=${SHA}`, page],
  ['/%00', wrong],
  ['/%0A', wrong],
  [`/${SHA}%0A`, wrong],
  ['/robots%E2%80%A8.txt', wrong],
  ['/.png', wrong],
  ['/photos/.png', wrong],
  ['/..%2f..%2fetc', wrong],
  // Slashes: templates add one after the key, base URLs that end in one double it
  [`/${SHA}/`, still(80)],
  [`/${SHA}/?s=40`, still(40)],
  [`/${SHA}//?s=40`, still(40)],
  [`/${SHA}.png/?s=40`, fixed('png', 40)],
  [`/avatar/${SHA}/?s=40&d=retro`, still(40)],
  [`/avatar/${MD5}/?s=40`, still(40)],
  [`/avatar/${MD5}.jpg/?s=40`, fixed('jpeg', 40)],
  [`/photos/${SHA}/?s=40`, still(40)],
  ['/photos/{shown.publicKey}.webp/', fixed('webp', 80)],
  [`//${SHA}`, still(80)],
  [`///${SHA}?s=40`, still(40)],
  [`//avatar/${SHA}?s=40`, still(40)],
  [`//avatar//${MD5}//?s=40`, still(40)],
  [`/avatar//${SHA}`, still(80)],
  [`//photos//${SHA}`, still(80)],
  [`//${SHA}.json`, profile],
  [`/avatar/${MD5}.json/`, profile],
  ['//avatar/?d=404', absent],
  [`/avatar/${SHA.replace('8', '%38')}`, still(80)],
  // The first protocol
  [`/avatar.php?gravatar_id=${MD5}&rating=R&size=40&default=retro`, still(40)],
  [`/avatar.php?gravatar_id=${MD5}&amp;rating=PG&amp;size=40`, still(40)],
  [`/avatar.php/?gravatar_id=${SHA.toUpperCase()}`, still(80)],
  [`//avatar.php?gravatar_id=${MD5}.png`, fixed('png', 80)],
  [`/avatar/?gravatar_id=${MD5}&size=40`, still(40)],
  [`/avatar?gravatar_id=${SHA}`, still(80)],
  ['/avatar/?gravatar_id={hidden.publicKey}', still(80)],
  [`/avatar/?s=40&gravatar_id=${MD5}&gravatar_id=${NOBODY}`, still(40)],
  [`/avatar/?gravatar_id=${NOBODY}&gravatar_id=${MD5}`, drawn(80)],
  [`/avatar/?gravatar_id=&gravatar_id=${MD5}`, drawn(80)], // the first counts, and empty is not given
  [`/avatar/${SHA}?gravatar_id=${NOBODY}`, still(80)],
  [`/avatar/${NOBODY}?gravatar_id=${SHA}`, drawn(80)],
  ['/avatar/?gravatar_id={hidden.hash}', drawn(80)],
  [`/avatar.php?gravatar_id=${NOBODY}&default=404`, absent],
  ['/avatar.php', drawn(80)],
  ['/avatar.php?gravatar_id=', drawn(80)],
  ['/avatar.php?gravatar_id=42&d=identicon', drawn(80)],
  ['/avatar.php?gravatar_id=42&d=404', absent],
  // A key of another form, where nothing but pictures is asked for
  ['/avatar/42?d=identicon', drawn(80)],
  ['/avatar/42.jpg?d=identicon&s=40', drawn(40)],
  ['/avatar/me@example.com', drawn(80)],
  ['/avatar/me%40example.com?d=retro&s=40', drawn(40)],
  ['/avatar/MyEmailAddress@example.com?d=404', absent],
  ['/avatar/{user id}?d=wavatar', drawn(80)],
  ['/avatar/%7Buser%20id%7D?d=wavatar', drawn(80)],
  ['/avatar/李?d=monsterid', drawn(80)],
  ['/avatar/%F0%9F%91%A9?d=monsterid', drawn(80)],
  ['/avatar/%ff%fe?d=retro', drawn(80)],
  ['/avatar/%zz%?d=retro', drawn(80)],
  ['/avatar/%00?d=retro', drawn(80)],
  [`/avatar/${SHA}0?d=retro`, drawn(80)],
  [`/avatar/${SHA.slice(1)}`, drawn(80)],
  [`/avatar/${SHA.slice(0, 63)}g`, drawn(80)],
  [`/avatar/${'a'.repeat(5000)}?d=robohash`, drawn(80)],
  [`/avatar/${SHA}/80`, drawn(80)],
  [`/avatar/${SHA}/80?d=404`, absent],
  [`/avatar/${SHA}.svg`, drawn(80)],
  [`/avatar/${SHA}.jpg.png`, drawn(80)],
  ['/avatar/..%2f..%2fetc', drawn(80)],
  ['/avatar/42?d=404', absent],
  ['/avatar/42.json', absent],
  ['/avatar/undefined?d=https%3A%2F%2Ftrusted.example%2Fface.png', moved],
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
  [`/${SHA}?f=1`, drawn(80)],
  [`/${SHA}?forcedefault=1&d=identicon`, drawn(80)],
  [`/${SHA}?forcedefault=true`, drawn(80)],
  [`/${SHA}?f=0`, still(80)],
  [`/${SHA}?f=false`, still(80)],
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

/** What a page of another site needs to embed an answer, to read it and to see that it is a 404. */
const OUTWARD = ['*', 'ETag, Retry-After, Server-Timing', '*', 'cross-origin', 'nosniff']
const outwardOf = ({ headers }: Response) =>
  [
    'access-control-allow-origin',
    'access-control-expose-headers',
    'timing-allow-origin',
    'cross-origin-resource-policy',
    'x-content-type-options',
  ].map((name) => headers.get(name))

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
      answer.headers.get('vary') as Expected[4],
    ]
    expect(seen).toEqual(expected)
    expect(side?.height ?? null).toBe(side?.width ?? null)
    const isPicture = expected !== elsewhere && expected !== page && seen[0] !== 308
    if (isPicture) expect(outwardOf(answer)).toEqual(OUTWARD)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })
})

describe('every form of one address', () => {
  it('answers with the very same bytes, and no redirect', async () => {
    const plain = await ask('GET', `/${MD5}?s=64`)
    const forms = [
      `/${SHA}/?s=64`,
      `//${SHA}?s=64`,
      `/avatar/${MD5}/?s=64`,
      `//avatar//${MD5}?s=64`,
      `/photos/${MD5}/?s=64`,
      `/avatar/?gravatar_id=${MD5}&s=64`,
      `/avatar.php?gravatar_id=${MD5}&size=64`,
    ]
    const bytes = await plain.arrayBuffer()
    for (const form of forms) {
      const answer = await ask('GET', form)
      const seen = [form, answer.status, answer.headers.get('etag'), await answer.arrayBuffer()]
      expect(seen).toEqual([form, 200, plain.headers.get('etag'), bytes])
    }
  })

  it('takes HEAD and a preflight like any other, and refuses the rest with 405', async () => {
    for (const form of [`/${SHA}/`, `//avatar/${MD5}`, `/avatar.php?gravatar_id=${MD5}`, '/avatar/42']) {
      expect([form, (await ask('HEAD', form)).status]).toEqual([form, 200])
      expect([form, (await ask('OPTIONS', form)).status]).toEqual([form, 204])
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await ask(method, form)
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
        expect(outwardOf(answer)).toEqual(OUTWARD)
      }
    }
  })
})

describe('a preflight', () => {
  const preflight = (path: string, headers?: string) =>
    ask('OPTIONS', path, {
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'GET',
        ...(headers !== undefined && { 'access-control-request-headers': headers }),
      },
    })

  it.each([
    'if-none-match',
    'traceparent,x-requested-with',
    'authorization, x-datadog-trace-id',
    'sentry-trace,baggage',
  ])('allows the headers that are asked for: %s', async (asked) => {
    for (const path of [`/${SHA}`, `/avatar/${MD5}/`, `/${SHA}.json`, '/wrong-key', '/avatar/42']) {
      const answer = await preflight(path, asked)
      expect([path, answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([
        path,
        204,
        asked,
      ])
      expect(answer.headers.get('access-control-allow-methods')).toContain('GET')
      expect(outwardOf(answer)).toEqual(OUTWARD)
    }
  })

  it.each([undefined, '', 'x'.repeat(2000), 'a<b>'])('says * where %s is no list of names', async (asked) => {
    const answer = await preflight(`/${SHA}`, asked)
    expect(answer.headers.get('access-control-allow-headers')).toBe('*')
  })
})

describe('If-Match and If-None-Match', () => {
  it.each([
    ['photo', () => `/${SHA}?s=64`],
    ['default picture', () => `/${NOBODY}?d=retro`],
    ['profile', () => `/${SHA}.json`],
  ])('of a %s are judged in their order, for GET and HEAD', async (_name, path) => {
    const etag = (await ask('HEAD', path())).headers.get('etag') as string
    const cases: [headers: Record<string, string>, status: number][] = [
      [{ 'if-match': etag }, 200],
      [{ 'if-match': `"other", ${etag}` }, 200],
      [{ 'if-match': '*' }, 200],
      [{ 'if-match': '"other"' }, 412],
      [{ 'if-match': `W/${etag}` }, 412], // strong comparison
      [{ 'if-match': etag.replaceAll('"', '') }, 412], // names nothing
      [{ 'if-match': '"other"', 'if-none-match': etag }, 412], // If-Match comes first
      [{ 'if-match': etag, 'if-none-match': etag }, 304],
      [{ 'if-match': etag, 'if-none-match': '"other"' }, 200],
      [{ 'if-none-match': `W/${etag}` }, 304], // weak comparison
      [{ 'if-none-match': `"other", ${etag}` }, 304],
      [{ 'if-none-match': '*' }, 304],
      [{ 'if-none-match': '"other"' }, 200],
      [{ 'if-modified-since': new Date(Date.now() + 1e9).toUTCString() }, 200], // nothing has a date
      [{ 'if-unmodified-since': new Date(0).toUTCString() }, 200],
    ]
    for (const [headers, status] of cases)
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(method, path(), { headers })
        const body = await answer.arrayBuffer()
        expect([headers, method, answer.status]).toEqual([headers, method, status])
        expect(answer.headers.get('etag')).toBe(etag)
        expect(outwardOf(answer)).toEqual(OUTWARD)
        if (status !== 200) expect(body.byteLength).toBe(0)
        if (status === 412) expect(answer.headers.get('cache-control')).toBe('no-store')
      }
  })

  it('change nothing where there is no picture: RFC 9110, section 13.2.1', async () => {
    for (const header of ['if-match', 'if-none-match'])
      for (const value of ['"other"', '*']) {
        const headers = { [header]: value }
        expect((await ask('GET', `/${NOBODY}?d=404`, { headers })).status).toBe(404)
        expect((await ask('GET', '/wrong-key', { headers })).status).toBe(404)
        const away = `/${NOBODY}?d=https%3A%2F%2Ftrusted.example%2Fface.png`
        expect((await ask('GET', away, { headers })).status).toBe(302)
      }
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
  it('are drawn from whatever stands in place of the key, as far as it tells people apart', async () => {
    const draw = async (path: string) => (await ask('GET', path)).headers.get('etag')
    const asked = ['42', '43', 'me@example.com', 'you@example.com', '李', `${SHA}/80`, 'A', 'a']
    const drawn = await Promise.all(asked.map((key) => draw(`/avatar/${key}?d=identicon`)))
    expect(new Set(drawn).size).toBe(asked.length)
    expect(await draw('/avatar/42.png?d=identicon')).toBe(drawn[0])
    expect(await draw('/avatar.php?gravatar_id=42&d=identicon')).toBe(drawn[0])
    expect(await draw('/avatar/me%40example.com?d=identicon')).toBe(drawn[2])
    expect(await draw(`/avatar/${'a'.repeat(200)}b?d=identicon`)).toBe(
      await draw(`/avatar/${'a'.repeat(4000)}?d=identicon`),
    )
  })

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
        entry: [
          {
            hash: key,
            displayName: 'Ada </script>',
            thumbnailUrl: avatarUrl,
            photos: [{ value: avatarUrl, type: 'thumbnail' }],
          },
        ],
      })
      const etag = answer.headers.get('etag') as string
      expect((await ask('GET', `/${key}.json`, { headers: { 'if-none-match': etag } })).status).toBe(304)
      expect((await ask('HEAD', `/${key}.json`)).headers.get('etag')).toBe(etag)
    }
  })
})
