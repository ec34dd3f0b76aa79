import { keep, readKept, showPeople, watchTitle } from './badge.client'
import { shareInbox } from './tabs.client'

// The number on the inbox, on every page of whoever is signed in: small, and apart from what else a page does.

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
