/** What a page says when its session is over. It opens another tab, so that nothing typed or queued here is lost. */
export function SessionNotice({ path }: { path: string }) {
  return (
    <div class="notice" role="alert" data-session hidden>
      <p data-when="over" hidden>
        <strong>You are signed out.</strong> What you typed and added stays here.{' '}
        <a href={`/sign-in?next=${encodeURIComponent(path)}`} target="_blank" rel="noopener">
          Sign in
        </a>
        , then go on.
      </p>
      <p data-when="other" hidden>
        <strong>Somebody else is signed in now.</strong> Nothing of this page is sent as them.{' '}
        <a href="/settings" target="_blank" rel="noopener">
          Sign them out
        </a>{' '}
        and sign in again to go on, or <a href={path}>load the page anew</a>.
      </p>
    </div>
  )
}
