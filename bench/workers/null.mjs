// Does nothing: what the runtime and its HTTP cost by themselves.
export default {
  fetch: () => new Response(null),
}
