import downloadIcon from 'lucide-static/icons/download.svg'
import linkIcon from 'lucide-static/icons/link.svg'
import lockIcon from 'lucide-static/icons/lock.svg'
import pencilIcon from 'lucide-static/icons/pencil.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { formatMoment } from '../../lang/formats'
import { DAY, HOUR, SECOND } from '../../lib/time'
import { Icon } from './icon'
import { Face, isNameless, shortHash, startName } from './people'
import type { ContactJson, LinkJson, Role } from './sharing'

/** How long a link can be asked to live, in milliseconds, by its words. */
const LIVES: [number, string][] = [
  [HOUR, '1 hour'],
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
  [30 * DAY, '30 days'],
]

export function Expiries() {
  return (
    <>
      {LIVES.map(([life, words]) => (
        <option value={life / SECOND} selected={life === 7 * DAY}>
          {words}
        </option>
      ))}
    </>
  )
}

export function Roles({ chosen = 'viewer' }: { chosen?: Role }) {
  return (
    <>
      <option value="viewer" selected={chosen === 'viewer'}>
        look
      </option>
      <option value="contributor" selected={chosen === 'contributor'}>
        add photos
      </option>
    </>
  )
}

/** Somebody who may see it, and the way to end that. `role` where people have one. */
export function PersonRow({ person, role }: { person: ContactJson; role?: Role }) {
  const name = startName(person)
  return (
    <li data-person={person.hash}>
      <Face hash={person.hash} />
      <span class="grow">
        <strong dir="auto">{name}</strong>
        {isNameless(person) && <span class="hint small">Without a name: {shortHash(person.hash)}</span>}
        {role && (
          <select class="small" data-role aria-label={`What ${name} may do`}>
            <Roles chosen={role} />
          </select>
        )}
      </span>
      <button type="button" class="button plain small square" data-name aria-label={`Name ${name}`}>
        <Icon svg={pencilIcon} />
      </button>
      <button
        type="button"
        class="button plain danger small square"
        data-remove
        aria-label={`Stop sharing with ${name}`}
        title="Stop sharing"
      >
        <Icon svg={xIcon} />
      </button>
    </li>
  )
}

/** The same row while a name is typed for them. */
export function NamingRow({ person }: { person: ContactJson }) {
  const id = `name-${person.hash}`
  return (
    <li data-person={person.hash}>
      <Face hash={person.hash} />
      <form class="naming grow" method="dialog" novalidate>
        <label class="visually-hidden" for={id}>
          Your name for {startName(person)}
        </label>
        <input
          id={id}
          maxlength={100}
          dir="auto"
          autocomplete="off"
          value={isNameless(person) ? '' : person.name}
          placeholder="Your name for them"
        />
        <button type="submit" class="button small">
          Save
        </button>
      </form>
    </li>
  )
}

/** Somebody to share with by one press. */
export function KnownPerson({ person }: { person: ContactJson }) {
  return (
    <li>
      <button
        type="button"
        class="chip"
        data-known-hash={person.hash}
        aria-label={`Share with ${person.name}`}
      >
        <Face hash={person.hash} size={24} />
        <span dir="auto">{person.name}</span>
      </button>
    </li>
  )
}

export function LinkRow({ link }: { link: LinkJson }) {
  const made = formatMoment(link.createdAt)
  return (
    <li data-link={link.id}>
      <Icon svg={linkIcon} />
      <span class="grow">
        <strong>Until {formatMoment(link.expiresAt)}</strong>
        <span class="hint small link-facts">
          <span>Made {made}</span>
          {link.hasPassword && (
            <span>
              <Icon svg={lockIcon} /> Password
            </span>
          )}
          {link.download && (
            <span>
              <Icon svg={downloadIcon} /> Download
            </span>
          )}
        </span>
      </span>
      <button type="button" class="button small danger" data-revoke aria-label={`Revoke the link of ${made}`}>
        Revoke
      </button>
    </li>
  )
}
