import type { Sniffed } from './bytes'

interface Size {
  width: number
  height: number
}

/**
 * The dimensions as people see them: width and height change places for the four orientations that turn by a quarter.
 *
 * @param made what a decoder made of the file, scaled but not cut. Where its shape contradicts the tag it is the one
 *   that is right: not every decoder heeds the tag in every format. A picture that is nearly square fits both ways,
 *   and then the tag counts.
 */
export function uprightSize(file: Pick<Sniffed, 'width' | 'height' | 'orientation'>, made?: Size): Size {
  const { width, height } = file
  const lying = { width, height }
  const turned = { width: height, height: width }
  const [said, other] = file.orientation >= 5 ? [turned, lying] : [lying, turned]
  return made && !hasShape(made, said) && hasShape(made, other) ? other : said
}

/** Whether a picture of that size is `of`, scaled: the sides of the smaller one were rounded to whole pixels. */
function hasShape(made: Size, of: Size): boolean {
  return Math.abs(made.width * of.height - made.height * of.width) <= Math.max(of.width, of.height)
}
