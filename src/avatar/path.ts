/** Where in a URL the key stands. */
export interface PicturePath {
  /** Key and optional extension, decoded; '' where there is none. */
  segment: string
  /**
   * Under `/avatar/`: there nothing but pictures is asked for, so a key of any form is somebody's, if unknown to us.
   * At the root and under `/photos/` other things could be meant, and a wrong key is 404.
   */
  open: boolean
}

/**
 * Finds the key in every form that Gravatar takes and shipping software writes; null where the path is of no picture.
 * A base URL that ends with a slash makes a doubled one, a template `{base}/avatar/{key}/?s=80` one after the key:
 * empty parts count for nothing. `avatar.php` and `gravatar_id` are the first protocol, which plugins still speak;
 * the key in the path comes before the one in the query.
 * @param path as it came, percent-encoded
 */
export function parsePicturePath(path: string, query: URLSearchParams): PicturePath | null {
  const [first, ...rest] = path.split('/').filter(Boolean).map(decode)
  if (first === 'avatar' || first === 'avatar.php')
    return { segment: rest.join('/') || query.get('gravatar_id') || '', open: true }
  const [segment, more] = first === 'photos' ? rest : [first, rest[0]]
  return segment === undefined || more !== undefined ? null : { segment, open: false }
}

/** What is no valid percent-encoding stands for itself. */
function decode(part: string): string {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
