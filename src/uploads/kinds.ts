import { CONTENT_TYPES } from '../lib/sniff/type'

/** What may be uploaded. SVG is not a picture but a program, and is not among them. */
export const UPLOAD_TYPES: readonly string[] = Object.values(CONTENT_TYPES)

/** The same in words, after "a". */
export const KINDS = 'JPEG, PNG, WebP, GIF or AVIF'

/** What to do with what iPhones save: few browsers can show it, and the one who has it cannot know. */
export const HEIC_ADVICE =
  'This is a HEIC photo, which most browsers cannot show. Export it as JPEG; on an iPhone, Settings, Camera, Formats, Most Compatible makes new photos JPEG.'

/** Whether a content type is one of those that HEIC photos have. */
export function isHeic(contentType: string): boolean {
  return /^image\/hei[cf](-sequence)?$/.test(contentType)
}
