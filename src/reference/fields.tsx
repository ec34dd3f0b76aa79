import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { OpenApi } from './openapi'
import type { Schema } from './schemas'

/** Turns a line of Markdown into HTML. */
export type Inline = (markdown: string) => string

/** What drawing takes. */
export interface View {
  document: OpenApi
  inline: Inline
}

/** The fields of an object, each with its type and what the code says of it. */
export function Fields({ schema, document, inline }: { schema: Schema } & View) {
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
            {withFields(field).map((inner) => (
              <Fields schema={inner} document={document} inline={inline} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The schema itself, or what it may be or is a list of, where that has fields to tell of. */
const withFields = (schema: Schema) =>
  [schema, ...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])].filter(
    ({ properties }) => properties,
  )

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

/** The name that a reference ends with. */
export const nameOf = ($ref: string) => $ref.split('/').at(-1) ?? ''

/** The schema that a reference points at. */
export function resolve(schema: Schema, { components }: OpenApi): Schema {
  return schema.$ref ? (components.schemas[nameOf(schema.$ref)] ?? schema) : schema
}

/** With a hyphen at which no line breaks: a phone would leave `mail` on the next. */
export const unbroken = (html: string) => html.replaceAll('e-mail', 'e\u2011mail')
