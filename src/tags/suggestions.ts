import type { Capabilities } from '../capabilities'
import type { Photo } from '../db/schema'
import { Problem } from '../http/problems'
import { trimInvisible } from '../lib/text'
import { readPhoto } from '../photos/own'
import { admit } from '../renditions/admission'
import type { SuggestionJson } from './answers'
import { type Box, MIN_SIDE, turnUpright } from './boxes'
import { type Original, readOriginal, XMP_PARTS } from './originals'
import { findXmp } from './packets'
import { type Region, readRegions, weighPacket } from './regions'

/** Faces that are suggested of one file. */
export const MAX_SUGGESTIONS = 100

/** Characters of a name: as many as somebody may call themself. */
const MAX_NAME = 100

/** By how much the shape of the picture that regions were drawn on may differ from that of the file: rounded sides. */
const SAME_SHAPE = 0.02

/**
 * The faces that the file of a person's own photo tells of, with the names that it has for them, in the picture as
 * people see it: for its owner to tag, who alone knows whose addresses these are. Nothing is stored.
 * @throws Problem `not_found`, `photo_not_ready`; `unavailable` where the stored bytes are not the verified ones
 */
export async function suggestTags(
  caps: Pick<Capabilities, 'db' | 'bucket'>,
  values: { userId: string; photoId: string },
): Promise<SuggestionJson[]> {
  const photo = await readPhoto(caps, values)
  if (photo.status !== 'ready') throw new Problem('photo_not_ready')
  const { original, packets } = await admit(XMP_PARTS.head + XMP_PARTS.tail, () => readXmp(caps, photo))
  const weight = packets.reduce((sum, packet) => sum + weighPacket(packet), 0)
  const regions = weight ? await admit(weight, async () => packets.flatMap(readRegions)) : []
  const suggested: SuggestionJson[] = []
  for (const region of regions) {
    const box = placeRegion(region, original)
    if (!box || suggested.length === MAX_SUGGESTIONS) continue
    const name = trimInvisible(Array.from(region.name).slice(0, MAX_NAME).join(''))
    if (!suggested.some((other) => isSame(other, { name, ...box }))) suggested.push({ name, ...box })
  }
  return suggested
}

/** What a file says, without its bytes. */
async function readXmp(caps: Pick<Capabilities, 'bucket'>, photo: Photo) {
  const found = await readOriginal(caps, { photo, parts: XMP_PARTS })
  if (!found) {
    const cause = new Error(`stored bytes of ${photo.id} are not the verified ones`)
    throw new Problem('unavailable', undefined, { cause })
  }
  const { file, ...original } = found
  return { original, packets: findXmp(file, original.format) }
}

/**
 * Where a region is in the upright picture; null where that cannot be known: the picture was cut since. Regions are of
 * the picture as it is stored; of one that is turned by a quarter, some programs give them as it is seen, and the
 * dimensions beside them tell.
 */
function placeRegion(
  { box, drawnOn }: Region,
  { width, height, orientation }: Omit<Original, 'file'>,
): Box | null {
  const isLike = (size: { width: number; height: number }) =>
    !drawnOn || Math.abs((drawnOn.width * size.height) / (drawnOn.height * size.width) - 1) <= SAME_SHAPE
  if (isLike({ width, height })) return cut(turnUpright(box, orientation))
  return orientation >= 5 && isLike({ width: height, height: width }) ? cut(box) : null
}

/** The part of a box inside the picture; null where nothing is left that could be tagged. */
function cut(box: Box): Box | null {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)]
  const [width, height] = [Math.min(1, box.x + box.width) - x, Math.min(1, box.y + box.height) - y]
  return Math.min(width, height) >= MIN_SIDE ? { x, y, width, height } : null
}

/** Programs write the same face in both forms, and round it. */
function isSame(one: SuggestionJson, other: SuggestionJson): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  const common = Math.max(0, across) * Math.max(0, down)
  const either = one.width * one.height + other.width * other.height - common
  return common / either > 0.8 && (one.name === other.name || !one.name || !other.name)
}
