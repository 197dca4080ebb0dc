/** A file, a directory or a symbolic link, whatever its name. */
export type NodeId = number;

export type NodeKind = 'file' | 'directory' | 'link';

/** A name in a directory. */
export type Entry = { readonly directory: NodeId; readonly name: string };

export const ROOT: NodeId = 0;

/** The names under a root directory as a running process sees them. Paths are relative to the root, which is `''`. */
export class Names {
  readonly kinds: NodeKind[] = ['directory'];
  readonly entries = new Map<NodeId, Map<string, NodeId>>([[ROOT, new Map()]]);

  find(path: string): NodeId | undefined {
    let node: NodeId | undefined = ROOT;
    for (const name of namesOf(path))
      node = node === undefined ? undefined : this.entries.get(node)?.get(name);
    return node;
  }

  require(path: string): NodeId {
    const node = this.find(path);
    if (node === undefined) throw new Error(`the recording does not know ${path}`);
    return node;
  }

  /** The entry that a path names, whether it exists or not. */
  entryOf(path: string): Entry {
    const names = namesOf(path);
    return { directory: this.require(names.slice(0, -1).join('/')), name: names.at(-1) ?? '' };
  }

  create(at: Entry, kind: NodeKind): NodeId {
    const node = this.kinds.push(kind) - 1;
    if (kind === 'directory') this.entries.set(node, new Map());
    this.set(at, node);
    return node;
  }

  set({ directory, name }: Entry, node: NodeId | undefined): void {
    const names = this.entries.get(directory);
    if (node === undefined) names?.delete(name);
    else names?.set(name, node);
  }

  get({ directory, name }: Entry): NodeId | undefined {
    return this.entries.get(directory)?.get(name);
  }
}

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');
