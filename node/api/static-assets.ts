/** The page's files, by path (`/`, `/app.js`), built into the program; nothing is ever read from disk for a request. */
export type Assets = ReadonlyMap<string, { readonly type: string; readonly body: Uint8Array }>

/** The file at exactly this path, or undefined. */
export function assetReply(assets: Assets, path: string): Response | undefined {
  const asset = assets.get(path)
  if (asset === undefined) return undefined
  // Copied into a plain ArrayBuffer, which is what `Response` takes.
  const body = new Uint8Array(asset.body)
  return new Response(body, {
    headers: { 'content-type': asset.type, 'cache-control': 'no-cache' },
  })
}
