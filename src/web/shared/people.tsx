import { t } from '../../lang/people'

/** What the API calls somebody of whom no more is told. */
export const NAMELESS = 'somebody'

interface Named {
  hash: string
  name: string
}

/** The picture that somebody shows by the hash of their e-mail, else a drawing that is the same for nobody else. */
export function Face({ hash, size = 40 }: { hash: string; size?: 24 | 32 | 40 }) {
  const src = `/${hash}?s=${size * 2}&d=identicon`
  return <img class="face" src={src} width={size} height={size} alt="" loading="lazy" decoding="async" />
}

/** At most five faces, one over the edge of the other, and how many more there are. */
export function Faces({ people }: { people: Named[] }) {
  const rest = people.length - 5
  return (
    <span class="faces" aria-hidden="true">
      {people.slice(0, 5).map(({ hash }) => (
        <Face hash={hash} size={32} />
      ))}
      {rest > 0 && <span class="faces-rest">+{rest}</span>}
    </span>
  )
}

/** Whether nothing is known of somebody but their hash. */
export function isNameless({ name }: Named): boolean {
  return name === NAMELESS
}

/** The start of a hash, to tell two people apart of whom nothing else is known. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…`
}

/** `Ada, Grace and 3 others`; those without a name are counted, never listed. */
export function listNames(people: Named[], { most = 3 } = {}): string {
  const named = people.filter((person) => !isNameless(person)).map(({ name }) => name)
  const shown = named.length <= most && named.length === people.length ? named : named.slice(0, most)
  const rest = people.length - shown.length
  if (!shown.length) return t().people(rest)
  return t().list(rest ? [...shown, t().others(rest)] : shown)
}

/** A name within a sentence. @param person with or without a hash */
export function nameOf({ name }: Pick<Named, 'name'>): string {
  return name === NAMELESS ? t().somebody : name
}

/** A name at the start of a sentence. */
export function startName(person: Named): string {
  return isNameless(person) ? t().startSomebody : person.name
}
