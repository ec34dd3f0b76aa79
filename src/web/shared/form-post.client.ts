import { Refusal } from './api.client'

/** Posts what a form's button would, without leaving the page: where it leads to is not looked at. */
export async function postForm(button: HTMLButtonElement): Promise<void> {
  await fetch(button.formAction, { method: 'POST', redirect: 'manual' }).catch(() => {
    throw new Refusal('network')
  })
}
