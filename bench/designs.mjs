// The same resize by other means: made anew each time by the naive design and by ipx, and made once by Cameo.
import { dirname } from 'node:path'
import { alternate, compare, TURNS } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker } from './workers.mjs'

/** Transforms a turn; each of Cameo's needs a person whose picture nobody has asked for. */
const TRANSFORMS = 2
const HITS = 25

/** Time for a new rendition to be written back. */
const WRITE_BACK_MS = 60

const asked = (number, query = '') => ({ path: `/${keyOf(number)}${query}` })

/** Renditions that nobody has asked for, and what ipx makes of the same original. */
const COLD = {
  noise: { photo: 'noise', cameo: '.jpg?s=256', ipx: 'f_jpeg,q_82,fit_cover,s_256x256', target: 1.25 },
  scene: { photo: 'scene', cameo: '.jpg?s=256', ipx: 'f_jpeg,q_82,fit_cover,s_256x256', target: 0.6 },
  face: { photo: 'scene', cameo: '.webp?s=80', ipx: 'f_webp,q_80,fit_cover,s_80x80', target: 0.5 },
}

export async function measureDesigns({ rounds, photos }) {
  const people = 2 * TRANSFORMS * TURNS * (rounds + 1) + 1
  const cameos = {}
  for (const [name, { master, small, width, height }] of Object.entries(photos)) {
    const values = { people, master, small, width, height }
    cameos[name] = await Subject.start('host.mjs', { worker: cameoWorker(), seed: 'seedCameo', values })
  }
  const naive = await Subject.start('host.mjs', {
    worker: await benchWorker('naive'),
    seed: 'seedNaive',
    values: { people, original: photos.noise.original },
  })
  const ipx = await Subject.start('ipx.mjs', { directory: dirname(photos.noise.file) })
  const next = Object.fromEntries(Object.keys(photos).map((name) => [name, 2]))
  const series = {
    hit: () => cameos.noise.run(Array(HITS).fill(asked(1, '.jpg?s=256'))),
    naive: () => naive.run(Array(TRANSFORMS).fill(asked(1, '?s=256'))),
  }
  for (const [name, cold] of Object.entries(COLD)) {
    const path = `/${cold.ipx}/${photos[cold.photo].name}`
    series[`${name} cold`] = () => {
      const requests = Array.from({ length: TRANSFORMS }, () => asked(next[cold.photo]++, cold.cameo))
      return cameos[cold.photo].run(requests, WRITE_BACK_MS)
    }
    series[`${name} ipx`] = () => ipx.run(Array(TRANSFORMS).fill({ path }))
  }
  const measured = await alternate(series, rounds)
  await Promise.all([...Object.values(cameos), naive, ipx].map((subject) => subject.stop()))
  const of = (name) => [measured[`${name} cold`], measured[`${name} ipx`]]
  const { hit } = measured
  const [made, resized] = of('noise')
  const row = (name, what) => compare(...of(name), { what, against: 'ipx', target: COLD[name].target })
  return [
    compare(hit, measured.naive, { what: 'picture hit', against: 'naive design' }),
    compare(hit, resized, { what: 'picture hit', against: 'ipx' }),
    compare(hit, made, { what: 'picture hit', against: 'cold rendition' }),
    compare(made, measured.naive, { what: 'cold rendition', against: 'naive design' }),
    row('noise', 'cold rendition, 256 px JPEG of noise'),
    row('scene', 'cold rendition, 256 px JPEG of 12 megapixels'),
    row('face', 'cold rendition, 80 px WebP of 12 megapixels'),
  ]
}
