import { watchSession } from '../session.client'

// What asks something in a dialog, with all that draws its lists: loaded when the first one is opened.

export { openShareDialog } from '../share-dialog.client'
export { choosePlace } from '../where-dialog.client'
export { chooseAlbum } from './album-dialog.client'

// This bundle has a session of its own to look after: its calls find out by themselves when that is over.
watchSession()
