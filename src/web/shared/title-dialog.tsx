import { t } from '../../lang/albums'
import { t as shared } from '../../lang/shared'

interface TitleDialogView {
  heading: string
  /** What the album is called now. */
  value?: string
  /** Of the button that does it. */
  button: string
}

/** Asks for the title of an album, a new one or one that has another: `title` of the form, answered by `save`. */
export function TitleDialog({ heading, value, button }: TitleDialogView) {
  return (
    <dialog data-title-dialog aria-labelledby="title-heading">
      <form method="dialog" novalidate>
        <h2 id="title-heading">{heading}</h2>
        <div class="field">
          <label for="album-title">{t().title}</label>
          <input
            id="album-title"
            name="title"
            value={value}
            maxlength={100}
            dir="auto"
            autocomplete="off"
            autofocus
          />
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel">
            {shared().cancel}
          </button>
          <button type="submit" class="button primary" value="save">
            {button}
          </button>
        </div>
      </form>
    </dialog>
  )
}
