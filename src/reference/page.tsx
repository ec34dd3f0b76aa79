import { raw } from 'hono/html'
import { CallView, Code, type Placed } from './call'
import { Fields, type Inline, unbroken } from './fields'
import type { OpenApi } from './openapi'

/** A part of a text that build.mjs takes apart: docs/api.md. */
export interface Section {
  id: string
  title: string
  depth: number
  blocks: ({ html: string } | { code: string } | { terms: { term: string; text: string }[] })[]
}

/** The page of the reference as HTML, without the frame that all pages have. It is readable without any script. */
export function renderReference(values: { document: OpenApi; guide: Section[]; inline: Inline }): string {
  const { document, guide } = values
  const inline: Inline = (markdown) => unbroken(values.inline(markdown))
  const [intro, ...sections] = guide
  const tags = document.tags.map(({ name }) => ({ id: toId(name), title: name }))
  const contents = [...sections, ...tags, OBJECTS]
  const page = (
    <div class="docs" lang="en" dir="ltr">
      <aside class="docs-side">
        <Contents entries={contents} />
      </aside>
      <div class="docs-text">
        <header class="docs-head">
          <h1>{intro?.title}</h1>
          {intro && <Blocks section={intro} />}
        </header>
        <details class="docs-menu">
          <summary>On this page</summary>
          <Contents entries={contents} />
        </details>
        {sections.map((section) => (
          <section aria-labelledby={section.id} class={section.depth === 2 ? 'docs-part' : undefined}>
            <Heading {...section} />
            <Blocks section={section} />
          </section>
        ))}
        {tags.map((tag) => (
          <section aria-labelledby={tag.id} class="docs-part">
            <Heading {...tag} depth={2} />
            <div class="calls">
              {operationsOf(document, tag.title).map((call) => (
                <CallView {...call} document={document} inline={inline} />
              ))}
            </div>
          </section>
        ))}
        <section aria-labelledby={OBJECTS.id} class="docs-part">
          <Heading {...OBJECTS} depth={2} />
          {Object.entries(document.components.schemas)
            .filter(([name]) => !isBody(document, name))
            .map(([name, schema]) => (
              <section class="object" aria-labelledby={name}>
                <h3 id={name}>
                  <a href={`#${name}`}>{name}</a>
                </h3>
                {schema.description && <p>{raw(inline(schema.description))}</p>}
                <Fields schema={schema} document={document} inline={inline} />
              </section>
            ))}
        </section>
      </div>
    </div>
  )
  return String(page)
}

const OBJECTS = { id: 'objects', title: 'Objects' }

const toId = (title: string) => title.toLowerCase().replaceAll(' ', '-')

function operationsOf({ paths }: OpenApi, tag: string): Placed[] {
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    )
    .filter(({ operation }) => operation.tags.includes(tag))
}

function Contents({ entries }: { entries: { id: string; title: string; depth?: number }[] }) {
  return (
    <nav aria-label="On this page">
      <ul>
        {entries.map(({ id, title, depth = 2 }) => (
          <li class={depth === 2 ? undefined : 'sub'}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Heading({ id, title, depth }: { id: string; title: string; depth: number }) {
  const link = <a href={`#${id}`}>{title}</a>
  return depth === 2 ? <h2 id={id}>{link}</h2> : <h3 id={id}>{link}</h3>
}

function Blocks({ section }: { section: Section }) {
  return (
    <>
      {section.blocks.map((block, index) =>
        'html' in block ? (
          raw(unbroken(block.html))
        ) : 'code' in block ? (
          <Code text={block.code} id={`${section.id}-${index}`} label={`the example: ${section.title}`} />
        ) : (
          <dl class="terms">
            {block.terms.map(({ term, text }) => (
              <div>
                <dt>{raw(term)}</dt>
                <dd>{raw(unbroken(text))}</dd>
              </div>
            ))}
          </dl>
        ),
      )}
    </>
  )
}

/** The body of one call, which that call describes. */
function isBody({ paths }: OpenApi, name: string): boolean {
  const bodies = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((each) => each.requestBody),
  )
  return bodies.some(
    (body) => body?.content['application/json']?.schema?.$ref === `#/components/schemas/${name}`,
  )
}
