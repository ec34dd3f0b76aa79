import { makeDocument } from './document'
import type { OpenApi } from './openapi'
import { renderReference, type Section } from './page'
import { PARTS } from './parts'

/** The folders whose comments describe what the API takes and answers. */
export const FOLDERS = [...new Set(PARTS.map(({ folder }) => folder))]

/**
 * The reference of the API, as build.mjs has it made: the document for programs and the page for people. None of this
 * is in the Worker, which serves both as they are.
 */
export function makeReference(values: {
  version: string
  sources: Record<string, string>
  guide: Section[]
  inline: (markdown: string) => string
}): { document: OpenApi; page: string } {
  const document = makeDocument(PARTS, values)
  return { document, page: renderReference({ ...values, document }) }
}
