/** Asks before the album is deleted, or left. */
export function EndDialog({ isOwner }: { isOwner: boolean }) {
  return (
    <dialog data-end-dialog aria-labelledby="end-title" aria-describedby="end-text">
      <form method="dialog">
        <h2 id="end-title">{isOwner ? 'Delete this album?' : 'Leave this album?'}</h2>
        <p id="end-text">
          {isOwner
            ? 'Nobody sees it any more, and its links end. No photo is deleted: each stays with whose it is.'
            : 'You see it no more, and photos that you added go out of it. They stay among yours.'}
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {isOwner ? 'Keep it' : 'Stay'}
          </button>
          <button type="submit" class="button danger solid" value="end">
            {isOwner ? 'Delete' : 'Leave'}
          </button>
        </div>
      </form>
    </dialog>
  )
}
