import { CodeFields, type Mailed } from '../shared/code-form'

/** Adding an address in two steps: its e-mail, then the code that was mailed to it. Drawn on both sides. */
export function AddAddress({ mailed, local }: { mailed: Mailed | null; local: boolean }) {
  if (mailed) {
    return (
      <form method="post" action="/settings" class="steps" data-add data-step="code" novalidate>
        <h3>Add an address</h3>
        <CodeFields
          id="address-code"
          mailed={mailed}
          local={local}
          error={mailed.refusal}
          submit={{ text: 'Add address' }}
          again={{ path: '/settings' }}
          leave={{ text: 'Another address', path: '/settings/addresses/other' }}
        />
      </form>
    )
  }
  return (
    <form method="post" action="/settings" class="steps" data-add data-step="email" novalidate>
      <div class="field">
        <label for="new-address">Add an address</label>
        <div class="row stacking">
          <input
            id="new-address"
            name="email"
            type="email"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            placeholder="you@example.com"
            required
            aria-describedby="new-address-hint new-address-error"
          />
          <button type="submit" class="button">
            E-mail me a code
          </button>
        </div>
        <p class="hint small" id="new-address-hint">
          It is yours once you have typed in the code that we mail to it. From then on it shows your account’s
          picture, and signing in with it leads here.
        </p>
        <p class="message error" id="new-address-error" role="alert" data-error />
      </div>
    </form>
  )
}
