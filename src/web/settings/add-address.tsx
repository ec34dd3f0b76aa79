import { t as code } from '../../lang/code'
import { t } from '../../lang/settings'
import { CodeFields, type Mailed } from '../shared/code-form'

/** Adding an address in two steps: its e-mail, then the code that was mailed to it. Drawn on both sides. */
export function AddAddress({ mailed, local }: { mailed: Mailed | null; local: boolean }) {
  if (mailed) {
    return (
      <form method="post" action="/settings/addresses" class="steps" data-add data-step="code" novalidate>
        <h3>{t().adding.title}</h3>
        <CodeFields
          id="address-code"
          mailed={mailed}
          local={local}
          error={mailed.refusal}
          submit={{ text: t().adding.submit }}
          again={{ path: '/settings/addresses' }}
          leave={{ text: t().adding.other, path: '/settings/addresses/other' }}
        />
      </form>
    )
  }
  return (
    <form method="post" action="/settings/addresses" class="steps" data-add data-step="email" novalidate>
      <div class="field">
        <label for="new-address">{t().adding.title}</label>
        <div class="row stacking">
          <input
            id="new-address"
            name="email"
            type="email"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            placeholder={t().adding.placeholder}
            required
            aria-describedby="new-address-hint new-address-error"
          />
          <button type="submit" class="button">
            {code().mail}
          </button>
        </div>
        <p class="hint small" id="new-address-hint">
          {t().adding.hint}
        </p>
        <p class="message error" id="new-address-error" role="alert" data-error />
      </div>
    </form>
  )
}
