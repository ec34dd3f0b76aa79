import { type Canvas, createCanvas, MAX_DRAWN } from './canvas'
import { drawIdenticon } from './identicon'
import { drawInitials, initialsOf, seedColor } from './initials'
import { drawMonster } from './monster'
import { drawPerson } from './mp'
import { encodePng } from './png/png'
import { drawRetro } from './retro'
import { drawRobot } from './robot'
import { hashSeed } from './seed'
import { drawWavatar } from './wavatar'

/** The styles of default picture, by the names of the `d` parameter. */
export const FALLBACK_STYLES = [
  'mp',
  'identicon',
  'monsterid',
  'wavatar',
  'retro',
  'robohash',
  'initials',
  'color',
  'blank',
] as const

export type FallbackStyle = (typeof FALLBACK_STYLES)[number]

/** Raised whenever any picture changes, so that no browser keeps the old art under its old ETag. */
const ART_VERSION = 2

export interface Fallback {
  style: FallbackStyle
  /** The key as asked; any string, also an empty one. */
  seed: string
  /** Pixels, 16..2048: a step of the ladder (all are even, and none above 512 is far from a multiple of it). */
  size: number
  /** The letters of style `initials`. */
  initials?: string | undefined
}

export { initialsOf }

/** The pictures that are the same for everybody, by ETag: they are most of what is asked for. */
const kept = new Map<string, Uint8Array<ArrayBuffer>>()

/** More than the ladder has steps for them, so that no caller can fill the memory. */
const MAX_KEPT = 100

/** Draws a default picture: the bytes of a square PNG, always the same for the same values. Not to be written to. */
export function drawFallback(fallback: Fallback): Uint8Array<ArrayBuffer> {
  if (!isShared(fallback.style)) return drawPng(fallback)
  const etag = fallbackEtag(fallback)
  const known = kept.get(etag)
  if (known) return known
  const png = drawPng(fallback)
  if (kept.size < MAX_KEPT) kept.set(etag, png)
  return png
}

function isShared(style: FallbackStyle): boolean {
  return style === 'mp' || style === 'blank'
}

function drawPng(fallback: Fallback): Uint8Array<ArrayBuffer> {
  const repeat = repeatFor(fallback.size)
  const canvas = drawCanvas({ ...fallback, size: fallback.size / repeat })
  return encodePng(canvas, repeat, fallback.style === 'blank')
}

/**
 * How often each drawn pixel is repeated, across and down: large pictures are drawn small, so that they cost little
 * more than small ones. Never with a remainder, which would make some edges thicker than others.
 */
export function repeatFor(size: number): number {
  let repeat = Math.ceil(size / MAX_DRAWN)
  while (size % repeat !== 0) repeat++
  return repeat
}

/** Draws without encoding, at the size given, which must be one that is drawn (see repeatFor). The next drawing overwrites it. */
export function drawCanvas({ style, seed, size, initials = '' }: Fallback): Canvas {
  switch (style) {
    case 'identicon':
      return drawIdenticon(size, seed)
    case 'monsterid':
      return drawMonster(size, seed)
    case 'robohash':
      return drawRobot(size, seed)
    case 'wavatar':
      return drawWavatar(size, seed)
    case 'retro':
      return drawRetro(size, seed)
    case 'initials':
      return drawInitials(size, seed, initials)
    case 'color':
      return createCanvas(size, seedColor(seed))
    case 'blank':
      return createCanvas(size, 0xffffff)
    case 'mp':
      return drawPerson(size)
  }
}

/** The strong ETag, quotes included, of what drawFallback makes of the same values; made without drawing. */
export function fallbackEtag({ style, seed, size, initials }: Fallback): string {
  const parts: (string | number)[] = [`art${ART_VERSION}`, style, size]
  if (!isShared(style)) {
    parts.push(
      hashSeed(seed)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(''),
    )
  }
  if (style === 'initials') {
    const letters = [...initialsOf({ initials })]
    parts.push(letters.map((letter) => letter.codePointAt(0)?.toString(16)).join('.'))
  }
  return `"${parts.join('-')}"`
}
