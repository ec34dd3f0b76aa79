import { raw } from 'hono/html'
import { CopyButton } from '../web/shared/copy-button'
import { Fields, nameOf, resolve, unbroken, type View } from './fields'
import type { Field, Operation, Outcome } from './openapi'

/** A call, and where it stands. */
export interface Placed {
  method: string
  path: string
  operation: Operation
}

/** One call: a line that opens. What has the anchor stands inside, so that a link to it opens it. */
export function CallView({ method, path, operation, document, inline }: Placed & View) {
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
        <span class="call-what">{unbroken(summary)}</span>
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
          label={`the call: ${unbroken(summary)}`}
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

/** Something to copy. */
export function Code({ text, id, label }: { text: string; id: string; label: string }) {
  return (
    <div class="code">
      <pre id={id} tabindex={0}>
        {text}
      </pre>
      <CopyButton from={id} label={label} />
    </div>
  )
}
