import { t } from '../../lang/layout'

/** What a page says when its session is over. It opens another tab, so that nothing typed or queued here is lost. */
export function SessionNotice({ path }: { path: string }) {
  const { session } = t()
  return (
    <div class="notice" role="alert" data-session hidden>
      <p data-when="over" hidden>
        <strong>{session.over}</strong> {session.kept}{' '}
        <a href={`/sign-in?next=${encodeURIComponent(path)}`} target="_blank" rel="noopener">
          {session.signIn}
        </a>
        {session.goOn}
      </p>
      <p data-when="other" hidden>
        <strong>{session.other}</strong> {session.nothing}{' '}
        <a href="/settings" target="_blank" rel="noopener">
          {session.signOut}
        </a>
        {session.again}
        <a href={path}>{session.reload}</a>
        {session.end}
      </p>
    </div>
  )
}
