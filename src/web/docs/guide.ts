import guide from '../../../dist/guide.json'
import { currentLanguage } from '../../lang/current'

/** A piece of the guide: text as HTML, something to copy, or names and what they mean. */
export type Block =
  | { html: string }
  | { code: string }
  | { terms: { name: string; term: string; text: string }[] }

export interface Section {
  id: string
  title: string
  depth: number
  blocks: Block[]
}

/** The host that the guide writes for the service. */
const PLACEHOLDER = 'cameo.example'

/** In which of its languages the guide is read. */
export function guideLanguage(): keyof typeof guide {
  return currentLanguage() === 'de' ? 'de' : 'en'
}

/**
 * docs/embed.md, or its other language, as build.mjs takes it apart, with the origin of this very service instead of the
 * placeholder.
 */
export function readGuide(origin: string | null): Section[] {
  let text = JSON.stringify(guide[guideLanguage()])
  if (origin) {
    text = text.replaceAll(`https://${PLACEHOLDER}`, origin).replaceAll(PLACEHOLDER, new URL(origin).hostname)
  }
  return JSON.parse(text, (name, value) =>
    name === 'html' || name === 'text' ? value.replace(/\b(e)-(mail)/gi, '$1\u2011$2') : value,
  )
}
