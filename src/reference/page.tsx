import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { CopyButton } from '../web/shared/copy-button'
import type { Field, OpenApi, Operation, Outcome } from './document'
import type { Schema } from './schemas'

/** A part of a text that build.mjs takes apart: docs/api.md. */
export interface Section {
  id: string
  title: string
  depth: number
  blocks: ({ html: string } | { code: string } | { terms: { term: string; text: string }[] })[]
}

/** Turns a line of Markdown into HTML. */
type Inline = (markdown: string) => string

/** The page of the reference as HTML, without the frame that all pages have. It is readable without any script. */
export function renderReference(values: { document: OpenApi; guide: Section[]; inline: Inline }): string {
  const { document, guide, inline } = values
  const [intro, ...sections] = guide
  const tags = document.tags.map(({ name }) => ({ id: toId(name), title: name }))
  const contents = [...sections, ...tags, OBJECTS]
  const page = (
    <div class="docs" lang="en">
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

interface Placed {
  method: string
  path: string
  operation: Operation
}

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
          raw(block.html)
        ) : 'code' in block ? (
          <Code text={block.code} id={`${section.id}-${index}`} label={`the example: ${section.title}`} />
        ) : (
          <dl class="terms">
            {block.terms.map(({ term, text }) => (
              <div>
                <dt>{raw(term)}</dt>
                <dd>{raw(text)}</dd>
              </div>
            ))}
          </dl>
        ),
      )}
    </>
  )
}

function Code({ text, id, label }: { text: string; id: string; label: string }) {
  return (
    <div class="code">
      <pre id={id} tabindex={0}>
        {text}
      </pre>
      <CopyButton from={id} label={label} />
    </div>
  )
}

interface View {
  document: OpenApi
  inline: Inline
}

/** One call: a line that opens. What has the anchor stands inside, so that a link to it opens it. */
function CallView({ method, path, operation, document, inline }: Placed & View) {
  const { operationId: id, summary, description, parameters = [], requestBody, responses } = operation
  const [body] = Object.values(requestBody?.content ?? {})
  const example = Object.values(responses).flatMap(({ content = {} }) =>
    Object.values(content).map((each) => each.example),
  )[0]
  return (
    <details class="call">
      <summary>
        <span class={`method ${method.toLowerCase()}`}>{method}</span>
        <code>{path}</code>
        <span class="call-what">{summary}</span>
      </summary>
      <div class="call-body" id={id}>
        <p>
          {description && raw(`${inline(description)} `)}
          <span class="hint">{whoOf(operation)}</span>
        </p>
        {parameters.length > 0 && (
          <dl class="terms">
            {parameters.map((field) => (
              <FieldView {...field} inline={inline} />
            ))}
          </dl>
        )}
        {body?.schema && (
          <>
            <p class="call-label">Body</p>
            <Fields schema={resolve(body.schema, document)} document={document} inline={inline} />
          </>
        )}
        <Code
          text={operation['x-codeSamples'][0]?.source ?? ''}
          id={`${id}-curl`}
          label={`the call: ${summary}`}
        />
        <dl class="outcomes">
          {Object.entries(responses).map(([status, outcome]) => (
            <div>
              <dt>
                <span class="badge">{status}</span>
              </dt>
              <dd>
                <OutcomeView outcome={outcome} inline={inline} />
              </dd>
            </div>
          ))}
        </dl>
        {example !== undefined && <pre class="answer">{JSON.stringify(example, null, 2)}</pre>}
      </div>
    </details>
  )
}

function whoOf({ security }: Operation): string {
  if (security.length === 0) return 'Nobody needs to be signed in.'
  return security.length === 1
    ? 'With a session alone, not with an API token.'
    : 'With an API token or a session.'
}

function FieldView({ name, in: place, description = '', schema, inline }: Field & Pick<View, 'inline'>) {
  const text = description || String(schema.description ?? '')
  return (
    <div>
      <dt>
        <code>{name}</code> <span class="hint small">{place}</span>
      </dt>
      <dd>{raw(inline(text || 'As the pattern says.'))}</dd>
    </div>
  )
}

/** Refusals are named by their codes, which the page of the codes explains. */
function OutcomeView({ outcome, inline }: { outcome: Outcome } & Pick<View, 'inline'>) {
  const schemas = Object.values(outcome.content ?? {}).map(({ schema }) => schema)
  const codes = schemas.flatMap((schema) => schema?.allOf?.[1]?.properties?.code?.enum ?? []).map(String)
  const named = schemas.flatMap((schema) => schema?.$ref ?? []).map(nameOf)
  const text = codes.length ? outcome.description.split(/`\w+`: /)[0] : outcome.description
  return (
    <>
      {raw(inline(text ?? ''))}
      {named.map((name) => (
        <>
          {' '}
          <a href={`#${name}`}>{name}</a>
        </>
      ))}
      {codes.map((code) => (
        <>
          {' '}
          <a href={`/docs/errors#${code}`}>
            <code>{code}</code>
          </a>
        </>
      ))}
    </>
  )
}

function Fields({ schema, document, inline }: { schema: Schema } & View) {
  if (schema.anyOf)
    return (
      <p>
        <Type schema={schema} />
      </p>
    )
  return (
    <dl class="terms">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <div>
          <dt>
            <code>{name}</code>
            {!schema.required?.includes(name) && <span class="hint small"> optional</span>}
          </dt>
          <dd>
            <span class="hint">
              <Type schema={field} />.
            </span>{' '}
            {field.description && raw(inline(field.description))}
            {hasFields(field) && <Fields schema={field} document={document} inline={inline} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const hasFields = (schema: Schema) => schema.properties !== undefined

/** What a value is, in words. */
function Type({ schema }: { schema: Schema }) {
  return <>{nameType(schema)}</>
}

function nameType(schema: Schema): Child {
  const { $ref, type, items, anyOf, enum: values, const: only } = schema
  if ($ref) return <a href={`#${nameOf($ref)}`}>{nameOf($ref)}</a>
  if (anyOf) return anyOf.flatMap((each, index) => [index ? ' or ' : '', nameType(each)])
  if (values) return values.flatMap((value, index) => [index ? ', ' : '', <code>{String(value)}</code>])
  if (only !== undefined) return <code>{JSON.stringify(only)}</code>
  if (type === 'array' && items) return ['list of ', nameType(items)]
  return [type].flat().join(' or ') + limitsOf(schema)
}

function limitsOf({ minimum, exclusiveMinimum, maximum, minLength, maxLength }: Schema): string {
  const [low, high] = [minimum ?? minLength, maximum ?? maxLength]
  const unit = maxLength === undefined ? '' : ' characters'
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}${unit}`
  if (high !== undefined) return `, up to ${high}${unit}`
  if (exclusiveMinimum !== undefined) return `, above ${exclusiveMinimum}`
  return low === undefined ? '' : `, from ${low}${unit}`
}

const nameOf = ($ref: string) => $ref.split('/').at(-1) ?? ''

function resolve(schema: Schema, { components }: OpenApi): Schema {
  return schema.$ref ? (components.schemas[nameOf(schema.$ref)] ?? schema) : schema
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
