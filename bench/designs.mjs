// The same resize by other means: made anew each time by the naive design and by ipx, and made once by Cameo.
import { dirname } from 'node:path'
import { alternate, compare } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker } from './workers.mjs'

/** Transforms a round; each of Cameo's needs a person whose picture nobody has asked for. */
const TRANSFORMS = 8
const HITS = 100

const asked = (number, query = '') => ({ path: `/${keyOf(number)}${query}` })

export async function measureDesigns({ rounds, photo }) {
  const { master, original, width, height, file } = photo
  const people = TRANSFORMS * (rounds + 1) + 1
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
  const cold = (query) => (round) => {
    const first = 2 + round * TRANSFORMS
    return cameo.run(Array.from({ length: TRANSFORMS }, (_, i) => asked(first + i, query)))
  }
  const measured = await alternate(
    {
      hit: () => cameo.run(Array(HITS).fill(asked(1, '.jpg?s=256'))),
      cold: cold('.jpg?s=256'),
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
