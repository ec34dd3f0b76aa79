/**
 * The same texts in brackets and half as long again: what has no brackets on a page is not from the catalogue, and what
 * does not fit will not fit in another language. Numbers and values stay readable within.
 */
export function disguise<Texts>(texts: Texts): Texts {
  return disguiseValue(texts) as Texts
}

/** So many signs, in words: no language has longer ones than a line. */
const more = (length: number) => '·'.repeat(Math.ceil(length)).replace(/·{8}(?=·)/g, '$& ')

function disguiseValue(value: unknown): unknown {
  if (typeof value === 'string') return `⟦${value}${more(value.length / 2)}⟧`
  if (typeof value === 'function') return (...values: unknown[]) => disguiseValue(value(...values))
  if (Array.isArray(value))
    return value.map((piece) => (typeof piece === 'string' ? disguiseValue(piece) : piece))
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, disguiseValue(text)]))
}
