import { type Canvas, createCanvas, MAX_DRAWN } from './canvas'
import { drawIdenticon } from './identicon'
import { drawInitials, initialsOf, seedColor } from './initials'
import { drawMonster } from './monster'
import { drawPerson } from './mp'
import { encodePng } from './png'
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
const ART_VERSION = 1

export interface Fallback {
  style: FallbackStyle
  /** The key as asked; any string, also an empty one. */
  seed: string
  /** Pixels, 16..2048. */
  size: number
  /** The letters of style `initials`. */
  initials?: string | undefined
}

export { initialsOf }

/** Draws a default picture: the bytes of a square PNG, always the same for the same values. */
export function drawFallback(fallback: Fallback): Uint8Array<ArrayBuffer> {
  const repeat = repeatFor(fallback.size)
  const canvas = drawCanvas({ ...fallback, size: fallback.size / repeat })
  return encodePng(canvas, repeat, fallback.style === 'blank')
}

function repeatFor(size: number): number {
  let repeat = Math.ceil(size / MAX_DRAWN)
  while (size % repeat !== 0) repeat++
  return repeat
}

function drawCanvas({ style, seed, size, initials = '' }: Fallback): Canvas {
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
  if (style !== 'mp' && style !== 'blank') {
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
