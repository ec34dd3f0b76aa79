// A picture that the Cache API holds, against the least that could serve it.
import { alternate, compare } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, importSource } from './workers.mjs'

/** Requests a turn. */
const REQUESTS = 40
const ACCEPT = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
const headers = { accept: ACCEPT }
const hit = { path: `/${keyOf(1)}?s=80`, headers }
const plain = { path: `/${keyOf(1)}`, headers }

export async function measureHit({ rounds, photo }) {
  const { LOOKUP_SQL } = await importSource('src/avatar/lookup.ts')
  const { master, width, height } = photo
  const values = { people: 1, master, width, height }
  const cameo = await Subject.start('host.mjs', { worker: cameoWorker(), seed: 'seedCameo', values })
  const { bytes, headers: answered } = await warm(cameo)
  const bare = await Subject.start('host.mjs', {
    worker: await benchWorker('bare', { bindings: { SQL: LOOKUP_SQL[64] } }),
    seed: 'seedBare',
    values: {
      people: 1,
      width,
      height,
      picture: bytes,
      headers: only(answered, 'content-type', 'content-length', 'etag'),
    },
  })
  const { bytes: same } = await bare.get(plain)
  if (!same.equals(bytes)) throw new Error('the bare Worker serves another picture')
  const nothing = await Subject.start('host.mjs', { worker: await benchWorker('null') })
  const times = (request) => Array(REQUESTS).fill(request)
  const measured = await alternate(
    {
      cameo: () => cameo.run(times(hit)),
      bare: () => bare.run(times(plain)),
      again: () => bare.run(times(plain)),
      nothing: () => nothing.run(times(plain)),
    },
    rounds,
  )
  await Promise.all([cameo, bare, nothing].map((subject) => subject.stop()))
  return [
    compare(measured.cameo, measured.bare, {
      what: 'picture hit',
      against: 'bare Worker: one query, one match',
      target: 1.15,
    }),
    compare(measured.again, measured.bare, { what: 'bare Worker', against: 'itself (the noise)' }),
    compare(measured.nothing, measured.bare, { what: 'Worker that does nothing', against: 'bare Worker' }),
  ]
}

/** Asks until the picture comes out of the Cache API. */
async function warm(cameo) {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await cameo.get(hit)
    if (answer.headers['server-timing'].startsWith('cache')) return answer
  }
  throw new Error('the picture never came out of the cache')
}

const only = (headers, ...names) => Object.fromEntries(names.map((name) => [name, headers[name]]))
