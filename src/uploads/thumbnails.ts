import type { Photo } from '../db/schema'
import { logProblem, toProblem } from '../http/problems'
import { SECOND } from '../lib/time'
import { findRendition } from '../renditions/rendition'
import { THUMBNAIL_WIDTHS } from '../renditions/sizes'
import { wholePicture } from '../renditions/sizing'
import type { Workshop } from '../renditions/workshop'

/** How long to wait for them, in milliseconds. They are made to their end all the same. */
const PATIENCE = 2 * SECOND

/**
 * Makes what the list of photos will ask for, as WebP, which every current browser reads: a first look then waits
 * for no transform. Two at most, and none that the list would not cause itself. Waited for, if not for long: the page
 * shows them as soon as it is answered, and would have them made, and billed, a second time. Never throws: what is
 * missing is made when somebody looks.
 */
export async function makeThumbnails(shop: Workshop, photo: Photo): Promise<void> {
  const work = makeEach(shop, photo)
  shop.waitUntil(work)
  await Promise.race([work, scheduler.wait(PATIENCE)])
}

async function makeEach(shop: Workshop, photo: Photo): Promise<void> {
  const specs = THUMBNAIL_WIDTHS.map((width) => wholePicture(photo, { width, format: 'webp' }))
  const [small, large] = specs
  const writing: Promise<unknown>[] = []
  const keep = (work: Promise<unknown>) => {
    writing.push(work)
    shop.waitUntil(work)
  }
  try {
    for (const spec of small?.pixels === large?.pixels ? specs.slice(1) : specs) {
      const { body, substitute } = await findRendition({ ...shop, waitUntil: keep }, spec)
      if (body instanceof ReadableStream) await body.cancel()
      if (substitute) throw substitute
    }
    await Promise.all(writing)
  } catch (error) {
    logProblem(toProblem(error), { what: 'thumbnail' })
  }
}
