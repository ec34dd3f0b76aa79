// A gallery of fifty private photos, opened and opened again, as its owner's browser does it.
import { join } from 'node:path'
import { alternate, compare } from './measure.mjs'
import { personId, photoId } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, earlierCameo, root } from './workers.mjs'

const PHOTOS = 50

/** Photos around, each with a share, a tag and an album of its own. */
const FEW = 10
const MANY = 10_000

const WAYS = { shared: 'by shares', album: 'by an album' }
const MAX_OF_BEFORE = { first: 0.65, again: 0.45 }

/** A current browser's, for what an `<img>` shows. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'

/** @param before a commit whose gallery is measured beside today's; none without it */
export async function measureGallery({ rounds, photo, before }) {
  const { master, small, width, height } = photo
  const start = ({ worker, migrations, around }) => {
    const values = { photos: PHOTOS, master, small, width, height, migrations, around }
    return Subject.start('host.mjs', { worker, seed: 'seedGallery', values })
  }
  const today = { worker: cameoWorker(), migrations: join(root, 'migrations') }
  const rowsRead = await countRows(
    await start({ ...today, worker: await benchWorker('questions'), around: FEW }),
  )
  const quiet = await start({ ...today, around: FEW })
  const now = await open(quiet)
  const viewers = { shared: await open(quiet, 'shared'), album: await open(quiet, 'album') }
  const crowded = await open(await start({ ...today, around: MANY }), 'album')
  const earlier = before && (await open(await start(earlierCameo(before))))
  const measured = await alternate(
    {
      first: now.first,
      again: now.again,
      'first shared': viewers.shared.first,
      'again shared': viewers.shared.again,
      'first album': viewers.album.first,
      'again album': viewers.album.again,
      'again crowded': crowded.again,
      ...(earlier && { 'first before': earlier.first, 'again before': earlier.again }),
    },
    rounds,
  )
  await Promise.all([now, crowded, earlier].map((gallery) => gallery?.stop()))
  const noteOf = ({ bytes }) => bytes.map((sum) => `${(sum / 1024).toFixed(0)} KiB`).join(', then ')
  const rows = [
    compare(measured.again, measured.first, {
      what: `gallery of ${PHOTOS}, opened again`,
      against: 'opened first',
      note: `a picture; of all fifty: ${noteOf(now)}`,
    }),
    ...['shared', 'album'].flatMap((way) =>
      ['first', 'again'].map((visit) =>
        compare(measured[`${visit} ${way}`], measured[visit], {
          what: `gallery of ${PHOTOS} of another’s, ${WAYS[way]}, opened ${visit}`,
          against: 'the owner’s',
          note: `${noteOf(viewers[way])}; ${rowsRead[way]} rows read a picture against ${rowsRead.bench}`,
        }),
      ),
    ),
    compare(measured['again crowded'], measured['again album'], {
      what: `who may see a photo, among ${MANY.toLocaleString('en')} shares, tags and albums`,
      against: `among ${FEW}`,
    }),
  ]
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
  for (const session of ['bench', ...Object.keys(WAYS)]) {
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
