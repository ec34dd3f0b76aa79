import { startMenus } from '../shared/menus.client'

// On every page of whoever is not signed in; src/web/badge is its other.

startMenus()
