/** The slice itself, or the nearest one around it, that a plan names; undefined where it names none. */
export function sliceOf(
  slice: string,
  planned: { readonly has: (slice: string) => boolean },
): string | undefined {
  for (let path = slice; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    if (planned.has(path)) return path;
  return undefined;
}
