import { isSignedOut } from './api.client'
import { whileBusy } from './elements.client'
import { explain } from './refusals.client'
import { notify } from './toasts.client'

/** Runs the work of a button that has no field beside it; what fails is said in a toast. */
export async function attempt(button: HTMLElement, work: () => Promise<void>): Promise<void> {
  await whileBusy(button, async () => {
    try {
      await work()
    } catch (thrown) {
      if (!isSignedOut(thrown)) notify(explain(thrown), { error: true })
    }
  })
}
