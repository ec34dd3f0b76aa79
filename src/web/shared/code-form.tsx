import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import mailIcon from 'lucide-static/icons/mail.svg'
import { t } from '../../lang/code'
import { showEmail } from '../../lib/email'
import { SECOND } from '../../lib/time'
import { Icon } from './icon'

/** Seconds before another code can be asked for: mail takes a moment, and an hour allows only a few. */
const RESEND_AFTER = 30

/** A code that is waited for. */
export interface Mailed {
  email: string
  triesLeft: number
  /** What is wrong with the last try; empty or missing where there was none. */
  refusal?: string
  /** Milliseconds since it was mailed. */
  age: number
}

interface CodeFields {
  /** Of the field, unique on the page. */
  id: string
  mailed: Mailed
  /** Whether mail stays on this machine. */
  local: boolean
  typed?: string | undefined
  error?: string | undefined
  autofocus?: boolean
  submit: { text: string; danger?: boolean }
  /** Another code by mail. */
  again: { path: string }
  /** The way out: the code is dropped. */
  leave: { text: string; path: string }
}

/** The inside of a form that takes a mailed code, drawn by the pages and by browser code. */
export function CodeFields(fields: CodeFields) {
  const { id, mailed, local, typed, error, autofocus = false, submit, again, leave } = fields
  const wait = mailed.triesLeft ? Math.max(0, RESEND_AFTER - Math.floor(mailed.age / SECOND)) : 0
  return (
    <>
      <p class="hint">
        {t().sent}
        <strong class="email">{showEmail(mailed.email)}</strong>
        {t().works}
      </p>
      {local && (
        <p class="message info">
          <Icon svg={mailIcon} />
          <span>
            {t().local}{' '}
            <a href="/cdn-cgi/local/explorer/email/sending" target="_blank" rel="noopener">
              {t().mailbox}
            </a>
          </span>
        </p>
      )}
      <div class="field">
        <label for={id}>{t().label}</label>
        <input
          id={id}
          name="code"
          class="code-input"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          placeholder="1234 5678"
          value={typed}
          required
          autofocus={autofocus}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={`${id}-error`}
        />
        <p class="message error" id={`${id}-error`} role="alert" data-error>
          {error}
        </p>
      </div>
      <button type="submit" class={submit.danger ? 'button danger solid wide' : 'button primary wide'}>
        {submit.text}
      </button>
      <div class="actions spread code-actions">
        <button type="submit" class="button plain" formaction={leave.path} data-leave>
          <Icon svg={arrowLeftIcon} />
          {leave.text}
        </button>
        <button
          type="submit"
          class="button plain"
          formaction={again.path}
          data-resend={mailed.email}
          data-wait={wait}
        >
          {t().resend}
        </button>
      </div>
      <p class="visually-hidden" role="status" data-status />
    </>
  )
}
