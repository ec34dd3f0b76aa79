import type { Call } from '../http/reference'
import type { Field } from './openapi'

/** The host that the documents write for the service; its pages put their own there. */
const PLACEHOLDER = 'https://cameo.example'

/** A call as one types it into a shell, with the values of the examples. */
export function showCurl(
  { method, path, call }: { method: string; path: string; call: Call },
  parameters: Field[],
): string {
  const given = (place: Field['in']) =>
    parameters.filter((field) => field.in === place && field.example !== undefined)
  const filled = given('path').reduce(
    (url, { name, example }) => url.replace(`{${name}}`, String(example)),
    path,
  )
  const asked = given('query').map(({ name, example }): [string, string] => [name, String(example)])
  const query = new URLSearchParams(asked).toString()
  const { body } = call
  const hasImpliedMethod = method === 'GET' || (method === 'POST' && body !== undefined)
  const lines = [
    `curl ${hasImpliedMethod ? '' : `-X ${method} `}'${PLACEHOLDER}${filled}${query && `?${query}`}'`,
    call.who === undefined && `-H "Authorization: Bearer $CAMEO_TOKEN"`,
    (call.who === 'session' || call.id === 'signIn') && '-b cookies.txt -c cookies.txt',
    call.id === 'requestCode' && '-c cookies.txt',
    ...given('header')
      .filter(({ name }) => name !== 'range')
      .map(({ name, example }) => `-H '${name}: ${example}'`),
    body && 'schema' in body && `-H 'Content-Type: application/json'`,
    body && 'schema' in body && `-d '${JSON.stringify(body.example)}'`,
    body && 'form' in body && `-d '${new URLSearchParams(body.form)}'`,
    downloadOf(call),
  ]
  return lines.filter(Boolean).join(' \\\n  ')
}

function downloadOf({ answers }: Call): string | false {
  const answer = answers[200]
  const type = answer && 'types' in answer ? answer.types[0] : undefined
  if (type === 'application/zip') return '-o cameo.zip'
  return type === 'image/*' && '-o picture'
}
