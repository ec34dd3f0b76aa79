import { callApi } from '../shared/api.client'
import { startCopyButtons } from '../shared/copy.client'
import { find } from '../shared/elements.client'
import { onSubmit } from '../shared/forms.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { startAddAddress } from './add-address.client'
import { startAddresses } from './addresses.client'
import { startDeletion } from './deletion.client'
import { startPrivacy } from './privacy.client'
import { startPrivateUrl } from './private-url.client'
import { startSessions } from './sessions.client'
import { startTokens } from './tokens.client'

const section = (name: string) => find(document, `[data-${name}]`, HTMLElement)

watchSession()
watchPictures()
startCopyButtons()
const { showAddress } = startAddresses(section('addresses'))
startAddAddress(section('addresses'), { onAdded: showAddress })
startPrivacy(section('privacy'))
startPrivateUrl(section('private-url'))
startSessions(section('sessions'))
startTokens(section('tokens'))
startDeletion(section('deletion'))

const profile = find(document, '[data-profile]', HTMLFormElement)
onSubmit(profile, async () => {
  const { displayName } = Object.fromEntries(new FormData(profile))
  await callApi('PATCH', '/api/me', { displayName })
  notify('Saved.')
})
