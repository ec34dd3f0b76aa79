/** Asks before somebody takes themself away from a photo: it cannot be undone. */
export function UntagDialog() {
  return (
    <dialog data-untag-dialog aria-labelledby="untag-title" aria-describedby="untag-text">
      <form method="dialog">
        <h2 id="untag-title">Remove yourself from this photo?</h2>
        <p id="untag-text">
          Your tag goes for good: nobody can tag you in this photo again, not even you. If you see the photo
          only because you are tagged in it, you will not see it any more.
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            Stay tagged
          </button>
          <button type="submit" class="button danger solid" value="untag">
            Remove me
          </button>
        </div>
      </form>
    </dialog>
  )
}
