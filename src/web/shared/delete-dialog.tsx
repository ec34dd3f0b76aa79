/** Asks before photos are deleted for good. */
export function DeleteDialog() {
  return (
    <dialog data-delete-dialog aria-labelledby="delete-title" aria-describedby="delete-text">
      <form method="dialog">
        <div class="delete-body">
          <img width="96" height="96" alt="" data-preview />
          <div>
            <h2 id="delete-title" data-question>
              Delete?
            </h2>
            <p id="delete-text" data-consequence />
          </div>
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus data-keep>
            Keep it
          </button>
          <button type="submit" class="button danger solid" value="delete">
            Delete
          </button>
        </div>
      </form>
    </dialog>
  )
}
