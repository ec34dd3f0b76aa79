import { showEmail } from '../../lib/email'

/** An address as its owner reads it. A long one breaks before the @ first, and anywhere where that is not enough. */
export function Email({ email }: { email: string }) {
  const shown = showEmail(email)
  const at = shown.lastIndexOf('@')
  return (
    <span class="email">
      {shown.slice(0, at)}
      <wbr />
      {shown.slice(at)}
    </span>
  )
}
