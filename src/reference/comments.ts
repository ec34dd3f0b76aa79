/** What the comments of a file say of a schema and of its fields. */
export interface Described {
  text: string
  /** By the name of the field, however deep. */
  fields: Record<string, string>
}

/**
 * Reads the comments above the constants of a file of schemas, and above the fields within them: they are for whoever
 * changes the code and for whoever calls the API alike, so that they are written once. A field of a constant that has a
 * comment of its own (`createdAt: time`) is described by that too, and one that is spread in or extended brings its own.
 */
export function readComments(
  source: string,
  known: Record<string, Described> = {},
): Record<string, Described> {
  const read: Record<string, Described> = {}
  const find = (name: string) => read[name] ?? known[name]
  const within: [Described, string][] = []
  const shared = new Map<string, string>()
  let current: Described | undefined
  let above = ''
  for (const { comment, line } of piecesOf(source)) {
    if (comment !== undefined) {
      above = comment
      continue
    }
    const [, exported, constant, rest = ''] = /^(export )?const (\w+) = (.*)/.exec(line) ?? []
    const [, field, value = field ?? ''] = /^\s+(\w+)(?:: (.*)|,$)/.exec(line) ?? []
    if (constant) {
      const base = /^z\.extend\((\w+)/.exec(rest)?.[1]
      current = { text: above, fields: { ...(base && find(base)?.fields) } }
      read[constant] = current
      if (!exported) shared.set(constant, above)
    } else if (current && field) {
      const [, named = ''] = /^(?:z\.\w+\()*(\w+)(?:\(\))?\)*,?$/.exec(value) ?? []
      const names = shared.has(named) ? [named] : []
      const own = [above, ...names.map((name) => shared.get(name))].filter(Boolean).join(' ')
      if (own) current.fields[field] ??= own
      for (const name of names) within.push([current, name])
    }
    const spread = /^\s*\.\.\.(\w+)/.exec(line)?.[1]
    if (current && spread) Object.assign(current.fields, { ...find(spread)?.fields, ...current.fields })
    above = ''
  }
  for (const [outer, name] of within) outer.fields = { ...find(name)?.fields, ...outer.fields }
  return read
}

/** The comments (`/** … *\/`) and the lines of code, in their order. */
function* piecesOf(source: string): Generator<{ comment?: string; line: string }> {
  for (const [, comment, line = ''] of source.matchAll(/^[ \t]*\/\*\*([\s\S]*?)\*\/[ \t]*$|^(.*)$/gm)) {
    if (comment === undefined) yield { line }
    else
      yield {
        comment: comment
          .replace(/^\s*\*/gm, '')
          .replace(/\s+/g, ' ')
          .trim(),
        line,
      }
  }
}
