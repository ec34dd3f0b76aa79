/** wrangler.toml makes SVG files text modules. */
declare module '*.svg' {
  const text: string
  export default text
}
