import { t } from '../../lang/shared'

/** What a page says when its session is over. It opens another tab, so that nothing typed or queued here is lost. */
export function SessionNotice({ path }: { path: string }) {
  return (
    <div class="notice" role="alert" data-session hidden>
      <p data-when="over" hidden>
        <strong>{t().session.over}</strong> {t().session.kept}{' '}
        <a href={`/sign-in?next=${encodeURIComponent(path)}`} target="_blank" rel="noopener">
          {t().session.signIn}
        </a>
        {t().session.goOn}
      </p>
      <p data-when="other" hidden>
        <strong>{t().session.other}</strong> {t().session.nothingSent}{' '}
        <a href="/settings" target="_blank" rel="noopener">
          {t().session.signOut}
        </a>
        {t().session.again}
        <a href={path}>{t().session.reload}</a>.
      </p>
    </div>
  )
}
