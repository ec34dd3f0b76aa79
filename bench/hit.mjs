// A picture that the Cache API holds, against the least that could serve it.
import { alternate, compare } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, importSource } from './workers.mjs'

/** Requests a turn. */
const REQUESTS = 40
/** More than an isolate remembers the renditions of, so that in a row of them each is forgotten when its turn comes. */
const PEOPLE = 300
const ACCEPT = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
const headers = { accept: ACCEPT }
const hitOf = (number) => ({ path: `/${keyOf(number)}?s=80`, headers })
const plainOf = (number) => ({ path: `/${keyOf(number)}`, headers })

/** Of the platform's cache only the two calls to the entrypoint that it would stand in front of, which are what costs. */
const HOPS = ['return ctx.cache ?', 'return true ?']
const NO_MEMORY = ['var MAX_REMEMBERED = 256', 'var MAX_REMEMBERED = 0']

export async function measureHit({ rounds, photo }) {
  const { LOOKUP_SQL } = await importSource('src/avatar/lookup.ts')
  const { master, small, width, height } = photo
  const size = { width, height }
  const renditions = { 'r2/s80.avif': await makeRendition({ master, small, ...size }) }
  const values = { people: PEOPLE, master, small, renditions, ...size }
  const start = (...patches) =>
    Subject.start('host.mjs', { worker: cameoWorker(...patches), seed: 'seedCameo', values })
  const cameos = {
    direct: await start(),
    remembered: await start(),
    forgetful: await start(NO_MEMORY),
    hops: await start(HOPS, NO_MEMORY),
  }
  for (const cameo of Object.values(cameos)) await warm(cameo)
  const { bytes, headers: answered } = await cameos.direct.get(hitOf(1))
  const bare = await Subject.start('host.mjs', {
    worker: await benchWorker('bare', { bindings: { SQL: LOOKUP_SQL[64] } }),
    seed: 'seedBare',
    values: {
      people: PEOPLE,
      ...size,
      picture: bytes,
      headers: only(answered, 'content-type', 'content-length', 'etag'),
    },
  })
  const { bytes: same } = await bare.get(plainOf(2))
  if (!same.equals(bytes)) throw new Error('the bare Worker serves another picture')
  const nothing = await Subject.start('host.mjs', { worker: await benchWorker('null') })
  const measured = await alternate(
    {
      direct: onTheirWay(cameos.direct, hitOf),
      remembered: () => cameos.remembered.run(Array(REQUESTS).fill(hitOf(1))),
      forgetful: onTheirWay(cameos.forgetful, hitOf),
      hops: onTheirWay(cameos.hops, hitOf),
      bare: onTheirWay(bare, plainOf),
      again: onTheirWay(bare, plainOf),
      nothing: onTheirWay(nothing, plainOf),
    },
    rounds,
  )
  await Promise.all([...Object.values(cameos), bare, nothing].map((subject) => subject.stop()))
  const least = 'bare Worker: one query, one match'
  return [
    compare(measured.direct, measured.bare, {
      what: 'picture hit, in process',
      against: least,
      target: 1.08,
    }),
    compare(measured.hops, measured.bare, {
      what: 'picture hit, with both hops of the platform’s cache',
      against: least,
      target: 1.25,
    }),
    compare(measured.remembered, measured.bare, {
      what: 'picture hit that the isolate remembers',
      against: least,
      target: 0.8,
    }),
    compare(measured.direct, measured.forgetful, {
      what: 'picture hit that it has forgotten',
      against: 'Cameo without that memory',
      target: 1.05,
    }),
    compare(measured.again, measured.bare, { what: 'bare Worker', against: 'itself (the noise)' }),
    compare(measured.nothing, measured.bare, { what: 'Worker that does nothing', against: 'bare Worker' }),
  ]
}

/** Turns that go on where the last one ended, through all people and over again. */
function onTheirWay(subject, requestOf) {
  let next = 0
  return () => subject.run(Array.from({ length: REQUESTS }, () => requestOf((next++ % PEOPLE) + 1)))
}

/** As Cameo itself makes it. */
async function makeRendition(values) {
  const worker = cameoWorker()
  const cameo = await Subject.start('host.mjs', {
    worker,
    seed: 'seedCameo',
    values: { people: 1, ...values },
  })
  const { bytes } = await cameo.get(hitOf(1))
  await cameo.stop()
  return bytes
}

/** Asks until every picture comes out of the Cache API. */
async function warm(cameo) {
  for (let number = 1; number <= PEOPLE; number++) {
    for (let tries = 0; ; tries++) {
      const answer = await cameo.get(hitOf(number))
      if (answer.headers['server-timing'].startsWith('cache')) break
      if (tries === 50) throw new Error('the picture never came out of the cache')
    }
  }
}

const only = (headers, ...names) => Object.fromEntries(names.map((name) => [name, headers[name]]))
