import downloadIcon from 'lucide-static/icons/download.svg'
import linkIcon from 'lucide-static/icons/link.svg'
import lockIcon from 'lucide-static/icons/lock.svg'
import pencilIcon from 'lucide-static/icons/pencil.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { formatMoment } from '../../lang/formats'
import { t as shared } from '../../lang/shared'
import { t } from '../../lang/sharing'
import { DAY, HOUR, SECOND } from '../../lib/time'
import { Icon } from './icon'
import { Face, isNameless, nameOf, shortHash, startName } from './people'
import type { ContactJson, LinkJson, Role } from './sharing'

/** How long a link can be asked to live, in milliseconds. */
const LIVES = [HOUR, DAY, 7 * DAY, 30 * DAY]

const describeLife = (life: number) => (life < DAY ? t().hours(life / HOUR) : t().days(life / DAY))

export function Expiries() {
  return (
    <>
      {LIVES.map((life) => (
        <option value={life / SECOND} selected={life === 7 * DAY}>
          {describeLife(life)}
        </option>
      ))}
    </>
  )
}

export function Roles({ chosen = 'viewer' }: { chosen?: Role }) {
  return (
    <>
      <option value="viewer" selected={chosen === 'viewer'}>
        {t().look}
      </option>
      <option value="contributor" selected={chosen === 'contributor'}>
        {t().addPhotos}
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
        {isNameless(person) && <span class="hint small">{t().nameless(shortHash(person.hash))}</span>}
        {role && (
          <select class="small" data-role aria-label={t().whatTheyMay(name)}>
            <Roles chosen={role} />
          </select>
        )}
      </span>
      <button type="button" class="button plain small square" data-name aria-label={t().name(name)}>
        <Icon svg={pencilIcon} />
      </button>
      <button
        type="button"
        class="button plain danger small square"
        data-remove
        aria-label={t().stopWith(name)}
        title={t().stop}
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
          {t().nameFor(nameOf(person))}
        </label>
        <input
          id={id}
          maxlength={100}
          dir="auto"
          autocomplete="off"
          value={isNameless(person) ? '' : person.name}
          placeholder={t().nameForThem}
        />
        <button type="submit" class="button small">
          {shared().save}
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
        aria-label={t().shareWith(nameOf(person))}
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
        <strong>{t().until(formatMoment(link.expiresAt))}</strong>
        <span class="hint small link-facts">
          <span>{t().made(made)}</span>
          {link.hasPassword && (
            <span>
              <Icon svg={lockIcon} /> {t().hasPassword}
            </span>
          )}
          {link.download && (
            <span>
              <Icon svg={downloadIcon} /> {t().download}
            </span>
          )}
        </span>
      </span>
      <button type="button" class="button small danger" data-revoke aria-label={t().revokeOf(made)}>
        {t().revoke}
      </button>
    </li>
  )
}
