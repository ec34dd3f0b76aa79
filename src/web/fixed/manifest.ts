import assets from '../../../dist/assets.json'
import { currentLanguage } from '../../lang/current'
import { t } from '../../lang/layout'
import { UPLOAD_TYPES } from '../../uploads/kinds'
import { THEME_COLORS } from '../shared/themes'

/** What installs Cameo as an app: https://www.w3.org/TR/appmanifest/. build.mjs draws the icons. */
export function describeApp() {
  const { app } = t()
  const shortcut = (name: string, url: string) => ({ name, url })
  return {
    id: '/',
    name: app.short,
    short_name: app.short,
    description: app.description,
    lang: currentLanguage(),
    start_url: '/photos',
    scope: '/',
    display: 'standalone',
    theme_color: THEME_COLORS.light,
    background_color: '#faf9f7',
    categories: ['photo', 'social'],
    icons: [
      { src: assets['app-192.png'], sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: assets['app-512.png'], sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: assets['app-maskable-512.png'], sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    // What other apps share: src/web/tray/sw.client.ts takes it. https://w3c.github.io/web-share-target/
    share_target: {
      action: '/photos/share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'photos', accept: [...UPLOAD_TYPES, 'image/heic', 'image/heif'] }] },
    },
    shortcuts: [
      shortcut(app.photos, '/photos'),
      shortcut(app.inbox, '/inbox'),
      shortcut(app.albums, '/albums'),
    ],
  }
}
