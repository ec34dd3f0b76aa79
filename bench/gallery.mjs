// A gallery of fifty private photos, opened and opened again, as browsers do it: its owner's, and those of two people who
// may see it.
import { join } from 'node:path'
import { alternate, compare } from './measure.mjs'
import { personId, photoId } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, earlierCameo, root } from './workers.mjs'

const PHOTOS = 50
const MAX_OF_BEFORE = { first: 0.65, again: 0.45 }

/** Who else opens it: the session of each, and by what they see the photos. */
const VIEWERS = { shares: 'by shares', album: 'by an album' }

/** A current browser's, for what an `<img>` shows. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'

/** @param before a commit whose gallery is measured beside today's; none without it */
export async function measureGallery({ rounds, photo, before }) {
  const { master, small, width, height } = photo
  const start = ({ worker, migrations }) => {
    const values = { photos: PHOTOS, master, small, width, height, migrations }
    return Subject.start('host.mjs', { worker, seed: 'seedGallery', values })
  }
  const migrations = join(root, 'migrations')
  const rowsRead = await countRows(await start({ worker: await benchWorker('questions'), migrations }))
  const subject = await start({ worker: cameoWorker(), migrations })
  const now = await open(subject)
  const viewers = {}
  for (const session of Object.keys(VIEWERS)) viewers[session] = await open(subject, session)
  const earlier = before && (await open(await start(earlierCameo(before))))
  const measured = await alternate(
    {
      first: now.first,
      again: now.again,
      ...Object.fromEntries(
        Object.entries(viewers).flatMap(([session, { first, again }]) => [
          [`first ${session}`, first],
          [`again ${session}`, again],
        ]),
      ),
      ...(earlier && { 'first before': earlier.first, 'again before': earlier.again }),
    },
    rounds,
  )
  await Promise.all([now, earlier].map((gallery) => gallery?.stop()))
  const noteOf = ({ bytes }) => bytes.map((sum) => `${(sum / 1024).toFixed(0)} KiB`).join(', then ')
  const rows = [
    compare(measured.again, measured.first, {
      what: `gallery of ${PHOTOS}, opened again`,
      against: 'opened first',
      note: `a picture; of all fifty: ${noteOf(now)}`,
    }),
  ]
  for (const [session, by] of Object.entries(VIEWERS))
    for (const [at, name] of ['first', 'again'].entries())
      rows.push(
        compare(measured[`${name} ${session}`], measured[name], {
          what: `gallery of ${PHOTOS} of another’s, ${by}, opened ${name}`,
          against: 'the owner’s',
          note: `${noteOf({ bytes: [viewers[session].bytes[at]] })} against ${noteOf({ bytes: [now.bytes[at]] })}; ${rowsRead[session]} rows read a picture against ${rowsRead.bench}`,
        }),
      )
  if (!earlier) return rows
  for (const [name, what] of [
    ['first', 'opened first, all made'],
    ['again', 'opened again'],
  ])
    rows.push(
      compare(measured[name], measured[`${name} before`], {
        what: `gallery of ${PHOTOS}, ${what}`,
        against: 'before',
        target: MAX_OF_BEFORE[name],
        note: `before: ${noteOf(earlier)}`,
      }),
    )
  return rows
}

/** The rows that D1 reads for a picture, the mean of all, by whose session asks. */
async function countRows(subject) {
  const rows = {}
  for (const session of ['bench', ...Object.keys(VIEWERS)]) {
    let sum = 0
    for (let number = 1; number <= PHOTOS; number++) {
      const { bytes } = await subject.get({ path: `/DB/picture,${session},${number}/1` })
      sum += JSON.parse(bytes).rows
    }
    rows[session] = sum / PHOTOS
  }
  await subject.stop()
  return rows
}

/** What a browser asks at its first visit and at its second, where it holds what it was allowed to keep. */
async function open(subject, session = 'bench') {
  const headers = { accept: ACCEPT, cookie: `session=${session}` }
  const first = Array.from({ length: PHOTOS }, (_, i) => ({
    path: `/raw/${personId(1)}/${photoId(i + 1)}?w=320`,
    headers,
  }))
  const again = []
  for (const request of first) {
    const { headers: answered } = await warm(subject, request)
    const kept = !answered['cache-control'].includes('no-store')
    again.push(
      kept ? { ...request, headers: { ...headers, 'if-none-match': answered.etag }, status: 304 } : request,
    )
  }
  const sizeOf = async (requests) => {
    let bytes = 0
    for (const request of requests) bytes += (await subject.get(request)).bytes.length
    return bytes
  }
  return {
    first: () => subject.run(first),
    again: () => subject.run(again),
    stop: () => subject.stop(),
    bytes: [await sizeOf(first), await sizeOf(again)],
  }
}

/** Asks until the picture comes out of the Cache API. */
async function warm(subject, request) {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await subject.get(request)
    if (answer.headers['server-timing'].startsWith('cache')) return answer
  }
  throw new Error('the picture never came out of the cache')
}
