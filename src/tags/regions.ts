import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { Box } from './boxes'

/** Somebody whom a file says to be in it. */
export interface Region {
  /** As the file has it; '' for a face without one. */
  name: string
  /** In parts of the picture that the file speaks of: as it is stored. */
  box: Box
  /** Pixels of the picture that it was drawn on, where the file says so. */
  drawnOn: { width: number; height: number } | null
}

/** Regions that are read of one packet: more than there are faces in a school's photo. */
const MAX_REGIONS = 200

/**
 * The faces that an XMP packet tells of: as the Metadata Working Group has them (`mwg-rs`, Guidelines for Handling Image
 * Metadata 2.0, section 5.9: around the centre), and as Microsoft has (`MP:RegionInfo`, People Tagging Overview of WIC:
 * from the top left corner). Programs write the same in attributes, in elements and in nested descriptions
 * (ISO 16684-1, section 7), with any prefix: what counts is the local name. What is no XML that can be read, tells of
 * none: entities of its own are not known to the parser, and none are read.
 */
export function readRegions(packet: string): Region[] {
  const found: Region[] = []
  for (const element of listElements(packet)) {
    if (found.length >= MAX_REGIONS) break
    const list = childOf(element, 'RegionList') ?? childOf(element, 'Regions')
    if (!list) continue
    const size = propertiesOf(childOf(element, 'AppliedToDimensions'))
    const [width = 0, height = 0] = [size('w'), size('h')].map(Number)
    const drawnOn = width > 0 && height > 0 ? { width, height } : null
    for (const item of itemsOf(list)) {
      const region = readFace(item) ?? readPerson(item)
      if (region) found.push({ ...region, drawnOn })
    }
  }
  return found.slice(0, MAX_REGIONS)
}

/**
 * Elements that a packet may have, by its marks: each is an object with two more. More than a photo has faces for, and
 * all that a raw developer writes beside.
 */
const MAX_MARKS = 50_000

/** What an element takes while a packet is read, in bytes. */
const MARK_BYTES = 300

const countMarks = (packet: string) => packet.split('<').length - 1

/** Bytes that reading a packet holds at the most: none of one that is not read. */
export function weighPacket(packet: string): number {
  const marks = countMarks(packet)
  return marks > MAX_MARKS ? 0 : 4 * packet.length + MARK_BYTES * marks
}

type Face = Pick<Region, 'name' | 'box'>

function readFace(item: XmlElement): Face | null {
  const area = partsOf(item)
    .map((part) => childOf(part, 'Area'))
    .find((child) => child !== null)
  const type = propertiesOf(item)('Type')
  if (!area || (type && type !== 'Face')) return null
  const side = propertiesOf(area)
  const unit = side('unit')
  if (unit && unit !== 'normalized') return null
  const [x, y, width, height] = ['x', 'y', 'w', 'h'].map((name) => readNumber(side(name)))
  const box = toBox([Number(x) - Number(width) / 2, Number(y) - Number(height) / 2, width, height])
  return box && { name: propertiesOf(item)('Name') ?? '', box }
}

function readPerson(item: XmlElement): Face | null {
  const property = propertiesOf(item)
  const box = toBox(property('Rectangle')?.split(',').map(readNumber) ?? [])
  return box && { name: property('PersonDisplayName') ?? '', box }
}

/** `Number` takes much for a number: '' and hexadecimal. */
function readNumber(text: string | undefined): number {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text ?? '') ? Number(text) : Number.NaN
}

function toBox(figures: (number | undefined)[]): Box | null {
  const [x, y, width, height] = figures
  if (figures.length !== 4 || !figures.every(Number.isFinite)) return null
  return { x, y, width, height } as Box
}

/** Every element of a packet; none of one that is no XML, or too much of it, or so deep that the parser gives up. */
function listElements(packet: string): XmlElement[] {
  if (countMarks(packet) > MAX_MARKS) return []
  try {
    const listed = elementsIn(parseXml(packet.replace(/[\0\s]+$/, '')).children)
    for (const element of listed) listed.push(...elementsIn(element.children)) // it grows while it is walked
    return listed
  } catch {
    return []
  }
}

const elementsIn = (nodes: readonly unknown[]) => nodes.filter((node) => node instanceof XmlElement)
const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const childOf = (element: XmlElement, name: string): XmlElement | null =>
  elementsIn(element.children).find((child) => localName(child.name) === name) ?? null

/** What the items of an array are; it is one of `rdf:Bag`, `rdf:Seq` and `rdf:Alt`. */
function itemsOf(list: XmlElement): XmlElement[] {
  return elementsIn(list.children)
    .flatMap((array) => elementsIn(array.children))
    .filter((item) => localName(item.name) === 'li')
}

/** A structure stands in the element itself or in a description within. */
function partsOf(element: XmlElement): XmlElement[] {
  return [element, ...elementsIn(element.children).filter((child) => localName(child.name) === 'Description')]
}

/** Reads the simple values of a structure. */
function propertiesOf(element: XmlElement | null): (name: string) => string | undefined {
  const parts = element ? partsOf(element) : []
  return (name) => {
    for (const part of parts) {
      const attribute = Object.entries(part.attributes).find(([key]) => localName(key) === name)
      if (attribute) return attribute[1].trim()
      const child = childOf(part, name)
      if (child) return child.text.trim()
    }
    return undefined
  }
}
