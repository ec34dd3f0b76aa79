/** What is made at its first use and kept: what is made with the module costs every start of the Worker. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
