/** What an importer may look at: a listing, and the bytes behind each entry. */
export type Folder = { readonly name: string; readonly files: readonly SourceFile[] };

/** `path` is relative to the folder, with `/` between its parts. */
export type SourceFile = {
  readonly path: string;
  readonly bytes: number;
  readonly read: () => Promise<Uint8Array>;
};

/** A folder held in memory: text by path. */
export function folderOf(name: string, files: Readonly<Record<string, string>>): Folder {
  const entries = Object.entries(files).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text);
    return { path, bytes: bytes.length, read: () => Promise.resolve(bytes) };
  });
  return { name, files: entries.toSorted((left, right) => (left.path < right.path ? -1 : 1)) };
}
