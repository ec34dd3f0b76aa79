import { t } from '../../lang/people'

interface PersonFields {
  /** Begins the ids of the fields: a page may have several forms that ask for somebody. */
  id: string
  /** Of the form's message, which says what is wrong with the address. */
  errorId: string
  /** What it means that they may have no account. */
  hint: string
}

/** Asks for somebody by e-mail, which browser code hashes: `email` of the form. */
export function EmailField({ id, errorId, hint }: PersonFields) {
  return (
    <div class="field">
      <label for={`${id}-email`}>{t().email}</label>
      <input
        id={`${id}-email`}
        name="email"
        type="text"
        inputmode="email"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={`${id}-email-hint ${errorId}`}
      />
      <p class="hint small" id={`${id}-email-hint`}>
        {t().hashed} {hint}
      </p>
    </div>
  )
}

/** One's own name for them: `name` of the form. */
export function NameField({ id }: { id: string }) {
  return (
    <div class="field">
      <label for={`${id}-name`}>{t().ownName}</label>
      <input id={`${id}-name`} name="name" maxlength={100} dir="auto" autocomplete="off" />
    </div>
  )
}
