// The same resize by other means: made anew each time by the naive design and by ipx, and made once by Cameo.
import { dirname } from 'node:path'
import { alternate, compare, TURNS } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker } from './workers.mjs'

/** Transforms a turn; each of Cameo's needs a person whose picture nobody has asked for. */
const TRANSFORMS = 2
const HITS = 25

/** Time for a new rendition to be written back to R2 and the Cache API. */
const WRITE_BACK_MS = 60

const asked = (number, query = '') => ({ path: `/${keyOf(number)}${query}` })

export async function measureDesigns({ rounds, photo }) {
  const { master, original, width, height, file } = photo
  const people = TRANSFORMS * TURNS * (rounds + 1) + 1
  const cameo = await Subject.start('host.mjs', {
    worker: cameoWorker(),
    seed: 'seedCameo',
    values: { people, master, width, height },
  })
  const naive = await Subject.start('host.mjs', {
    worker: await benchWorker('naive'),
    seed: 'seedNaive',
    values: { people, original },
  })
  const ipx = await Subject.start('ipx.mjs', { directory: dirname(file) })
  const makeNew = (turn) => {
    const first = 2 + turn * TRANSFORMS
    const requests = Array.from({ length: TRANSFORMS }, (_, i) => asked(first + i, '.jpg?s=256'))
    return cameo.run(requests, WRITE_BACK_MS)
  }
  const measured = await alternate(
    {
      hit: () => cameo.run(Array(HITS).fill(asked(1, '.jpg?s=256'))),
      cold: makeNew,
      naive: () => naive.run(Array(TRANSFORMS).fill(asked(1, '?s=256'))),
      ipx: () => ipx.run(Array(TRANSFORMS).fill({ path: '/f_jpeg,q_82,fit_cover,s_256x256/photo.jpg' })),
    },
    rounds,
  )
  await Promise.all([cameo, naive, ipx].map((subject) => subject.stop()))
  const { hit, cold: made } = measured
  return [
    compare(hit, measured.naive, { what: 'picture hit', against: 'naive design' }),
    compare(hit, measured.ipx, { what: 'picture hit', against: 'ipx' }),
    compare(hit, made, { what: 'picture hit', against: 'cold rendition' }),
    compare(made, measured.naive, { what: 'cold rendition', against: 'naive design' }),
    compare(made, measured.ipx, { what: 'cold rendition', against: 'ipx' }),
  ]
}
