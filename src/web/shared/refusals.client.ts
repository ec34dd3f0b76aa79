import { Refusal } from './api.client'

/** Says what was refused and what to do about it. Where the server knows more than we do, its own words. */
export function explain(thrown: unknown): string {
  if (!(thrown instanceof Refusal)) return 'Something went wrong on this page. Reload it and try again.'
  switch (thrown.reason) {
    case 'network':
      return 'No connection. Check your network and try again.'
    case 'unauthenticated':
      return 'You are signed out. Sign in, then try again: what you typed stays here.'
    default:
      return thrown.message || 'Something on our side failed. Try again in a moment.'
  }
}
