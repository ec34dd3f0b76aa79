/**
 * What a browser may fetch before it is asked for, by the header `Speculation-Rules` of our pages
 * (https://html.spec.whatwg.org/multipage/speculative-loading.html). A page that was fetched so is kept by the one page
 * that links to it and by no cache, so `no-store` neither forbids it nor is broken. For up to five minutes it would be
 * shown as it was: pages of a person are therefore fetched only when the button goes down, whose click follows at once;
 * those that are the same for everybody, when a pointer rests on the link. Pages and nothing else: no file, no address
 * that acts.
 */
export const SPECULATION_RULES = {
  prefetch: [
    { where: pages('/', '/docs', '/docs/*', '/sign-in', '/sign-in\\?*'), eagerness: 'moderate' },
    {
      where: pages(
        '/photos',
        '/photos/*',
        '/albums',
        '/albums/*',
        '/shared',
        '/tagged',
        '/inbox',
        '/inbox/*',
        '/settings',
        '/settings/:section',
      ),
      eagerness: 'conservative',
    },
  ],
}

/** Links to these, but for what is saved as a file or opened elsewhere. */
function pages(...paths: string[]) {
  const acts = { href_matches: '/settings/export' }
  return {
    and: [
      { href_matches: paths },
      { not: acts },
      { not: { selector_matches: '[download], [target=_blank]' } },
    ],
  }
}
