import { startMenus } from '../shared/menus.client'
import { keep, readKept, showPeople, watchTitle } from './badge.client'
import { shareInbox } from './tabs.client'

// The number on the inbox and the menu, on every page of whoever is signed in: small, and apart from what else a page does.

startMenus()

const user = document.body.dataset.user
if (user) {
  watchTitle()
  const kept = readKept(user)
  if (kept !== null) showPeople(kept)
  shareInbox(user, (people) => {
    keep(user, people)
    showPeople(people)
  })
}
