// How far somebody is: what stands above the gallery depends on it, in the page and in its browser code.

/** `empty`: nothing is there yet; `started`: a first photo is there and nothing shows; `set`: the page of every day. */
export type Stage = 'empty' | 'started' | 'set'

/** With more photos than that and none shown, somebody knows the way and wants none shown. */
const FEW = 3

export function stageOf(view: { photos: number; isShown: boolean }): Stage {
  if (view.photos === 0 && !view.isShown) return 'empty'
  return view.isShown || view.photos > FEW ? 'set' : 'started'
}

/** The page of a photo with the dialog that frames it. */
export function frameHref(photoId: string): string {
  return `/photos/${photoId}?frame`
}
