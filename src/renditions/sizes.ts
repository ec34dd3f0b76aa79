/**
 * The sizes that are ever made, in pixels. Every size that Gravatar's consumers commonly ask for is on it and
 * served exactly; any other is answered with the next step up. Bounded, because each step of each photo
 * is a billed transform that a stranger can cause.
 */
export const SIZES = [
  16, 20, 24, 32, 36, 40, 48, 64, 72, 80, 96, 100, 120, 128, 144, 150, 160, 192, 200, 240, 250, 256, 300, 320,
  360, 400, 480, 500, 512, 600, 640, 800, 1024, 1200, 1600, 2048,
] as const

/** Widths that are ever made of a whole picture, in pixels. Few, since each is a billed transform. */
export const WIDTHS = [160, 320, 640, 960, 1280, 2048] as const

/** Those that a list of photos shows, on screens with one pixel per CSS pixel and on finer ones. */
export const THUMBNAIL_WIDTHS = [320, 640] as const

export const MAX_SIZE = 2048
export const DEFAULT_SIZE = 80

/** The ladder's step for a wanted size: itself or the next one up; the largest for anything above. */
export function stepFor(size: number): number {
  return SIZES.find((step) => step >= size) ?? MAX_SIZE
}
