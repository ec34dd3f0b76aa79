/** What Images can make. */
export type OutputFormat = 'avif' | 'webp' | 'jpeg' | 'png'

/** `still` is JPEG, or PNG where the picture has transparency: only who knows the photo can tell. */
export type AskedFormat = OutputFormat | 'still'

/** `s`: cut to a square. `w`: the whole picture at that width. */
export type Shape = 's' | 'w'

/** One picture in one size and format, made from one photo. Immutable: its bytes never change under its key. */
export interface RenditionSpec {
  userId: string
  photoId: string
  /** `s`: cut to a square of `pixels`. `w`: the whole picture, `pixels` wide at most. */
  shape: Shape
  pixels: number
  format: OutputFormat
  /** The photo has transparency, which JPEG cannot carry. */
  transparent: boolean
  /** It is cut from the small master, if the photo has got one: `isFromSmall` says so. */
  fromSmall: boolean
  /** Upright pixels of the photo, for `w`: how high the result will be follows from them. */
  width?: number
  height?: number
}

/** The one name of a rendition, in storage and in every cache key: `s96.webp`. */
export function renditionName({ shape, pixels, format }: Pick<RenditionSpec, 'shape' | 'pixels' | 'format'>) {
  return `${shape}${pixels}.${format}`
}
