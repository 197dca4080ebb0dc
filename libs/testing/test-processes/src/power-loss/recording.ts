import { resolve } from 'node:path';
import { Names } from './names.ts';
import type { NodeId, NodeKind } from './names.ts';
import type { Change, Operation, Recording, Sent, When } from './operations.ts';
import { descriptorOf, numbersAtEnd, stringsIn } from './trace.ts';
import type { TracedCall } from './trace.ts';

type OpenFile = {
  readonly node: NodeId;
  readonly appends: boolean;
  readonly isDurable: boolean;
  offset: number;
};

/** Translates the calls of a process that found `root` empty. Throws on a call whose effect it does not know. */
export function recordingOf(calls: readonly TracedCall[], root: string): Recording {
  const translation = new Translation(resolve(root));
  const returned = calls.filter(({ end }) => end !== Infinity).toSorted((one, other) => one.end - other.end);
  let next = 0;
  for (const call of calls) {
    for (let past = returned[next]; past && past.end < call.begin; past = returned[++next])
      translation.returned(past);
    translation.began(call);
  }
  const { operations, sent, names } = translation;
  return { operations, sent, names, lines: (returned.at(-1)?.end ?? 0) + 1 };
}

const WRITES = new Set(['write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg']);
const OPENS = new Set(['open', 'openat']);

class Translation {
  readonly operations: Operation[] = [];
  readonly sent: Sent[] = [];
  readonly names = new Names();
  readonly #root: string;
  readonly #files = new Map<number, OpenFile>();
  readonly #sizes = new Map<NodeId, number>();
  /** Nodes by the line on which the call that opens them began. */
  readonly #opening = new Map<number, NodeId>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The effects of a call, as soon as it began. Calls that failed have none. */
  began(call: TracedCall): void {
    const { name, args, result } = call;
    if (result < 0) return;
    if (WRITES.has(name)) this.#write(call);
    else if (OPENS.has(name)) this.#open(call);
    else if (name === 'ftruncate') this.#truncate(call);
    else if (name === 'fsync' || name === 'fdatasync') this.#sync(call);
    else if (!name.startsWith('dup') && name !== 'lseek') this.#rename(call, pathsIn(args));
  }

  /** A descriptor is known when its call has returned. */
  returned({ name, args, result, begin }: TracedCall): void {
    if (result < 0) return;
    if (name === 'lseek') {
      const file = this.#fileOf(args);
      if (file) file.offset = result;
    } else if (name.startsWith('dup')) {
      const file = this.#fileOf(args);
      if (file) this.#files.set(result, file);
    } else if (OPENS.has(name)) {
      const node = this.#opening.get(begin);
      if (node === undefined) this.#files.delete(result);
      else
        this.#files.set(result, {
          node,
          appends: args.includes('O_APPEND'),
          isDurable: /O_D?SYNC/.test(args),
          offset: 0,
        });
    }
  }

  #open({ args, begin, end }: TracedCall): void {
    const path = this.#inside(args, pathsIn(args)[0] ?? '');
    if (path === undefined) return;
    const known = this.names.find(path);
    if (known === undefined && !args.includes('O_CREAT')) return;
    this.#opening.set(begin, known ?? this.#enter(path, 'file', { begin, end }));
    if (known !== undefined && args.includes('O_TRUNC')) this.#resize(known, 0, { begin, end });
  }

  #write({ name, args, result, begin, end }: TracedCall): void {
    const all = Buffer.concat(stringsIn(args));
    const bytes = end === Infinity ? all : all.subarray(0, result);
    if (isSocket(descriptorOf(args).path)) return void this.sent.push({ begin, bytes });
    const file = this.#fileOf(args);
    if (!file) return;
    const size = this.#sizes.get(file.node) ?? 0;
    const isPositioned = name.startsWith('p');
    const behind = file.appends ? size : file.offset;
    const offset = isPositioned ? (numbersAtEnd(args).at(-1) ?? 0) : behind;
    if (!isPositioned) file.offset = offset + bytes.length;
    this.#sizes.set(file.node, Math.max(size, offset + bytes.length));
    const { node, isDurable } = file;
    this.#add({ kind: 'write', node, offset, bytes, isDurable }, { begin, end });
  }

  #truncate({ args, begin, end }: TracedCall): void {
    const file = this.#fileOf(args);
    if (file) this.#resize(file.node, numbersAtEnd(args).at(-1) ?? 0, { begin, end });
  }

  #resize(node: NodeId, size: number, when: When): void {
    this.#sizes.set(node, size);
    this.#add({ kind: 'truncate', node, size }, when);
  }

  #sync({ name, args, begin, end }: TracedCall): void {
    const file = this.#fileOf(args);
    if (file) this.#add({ kind: 'sync', node: file.node, dataOnly: name === 'fdatasync' }, { begin, end });
  }

  /** Calls that change names. */
  #rename(call: TracedCall, paths: readonly string[]): void {
    const { name, args } = call;
    const [first, second = ''] = (paths.length === 0 ? [''] : paths).map((path) => this.#inside(args, path));
    if (name.startsWith('symlink')) return this.#linkTo(paths[0], second, call);
    if (first === undefined || first === '') return;
    if (name.startsWith('mkdir')) this.#enter(first, 'directory', call);
    else if (name.startsWith('unlink') || name === 'rmdir') this.#leave(first, call);
    else if (name.startsWith('rename')) this.#move(first, second, call);
    else if (name.startsWith('link')) this.#link(first, second, call);
    else throw new Error(`the simulation of a disk does not know this ${name}`);
  }

  /** The target of a symbolic link is any text. */
  #linkTo(target: string | undefined, path: string, when: When): void {
    if (path !== '') this.#enter(path, 'link', when, target);
  }

  #link(path: string, toPath: string, when: When): void {
    const [at, node] = [this.names.entryOf(toPath), this.names.require(path)];
    this.names.set(at, node);
    this.#add({ kind: 'enter', at, node, is: 'file' }, when);
  }

  #enter(path: string, is: NodeKind, when: When, target?: string): NodeId {
    const at = this.names.entryOf(path);
    const node = this.names.create(at, is);
    this.#add({ kind: 'enter', at, node, is, target }, when);
    return node;
  }

  #leave(path: string, when: When): void {
    const at = this.names.entryOf(path);
    const node = this.names.require(path);
    this.names.set(at, undefined);
    this.#add({ kind: 'leave', at, node }, when);
  }

  #move(path: string, toPath: string, call: TracedCall): void {
    const [at, to, node] = [this.names.entryOf(path), this.names.entryOf(toPath), this.names.require(path)];
    const kind = call.args.includes('RENAME_EXCHANGE') ? 'exchange' : 'rename';
    this.names.set(at, kind === 'exchange' ? this.names.get(to) : undefined);
    this.names.set(to, node);
    this.#add({ kind, at, to, node }, call);
  }

  #add(change: Change, { begin, end }: When): void {
    this.operations.push({ ...change, begin, end });
  }

  /** The path relative to the root; undefined outside of it. */
  #inside(args: string, path: string): string | undefined {
    const absolute = path.startsWith('/') ? resolve(path) : resolve(descriptorOf(args).path, path);
    if (absolute === this.#root) return '';
    return absolute.startsWith(`${this.#root}/`) ? absolute.slice(this.#root.length + 1) : undefined;
  }

  /** The file of the descriptor that is the first argument. Numbers are used again, so the path has to be inside too. */
  #fileOf(args: string): OpenFile | undefined {
    const { number, path } = descriptorOf(args);
    return path.startsWith(this.#root) ? this.#files.get(number) : undefined;
  }
}

const pathsIn = (args: string): string[] => stringsIn(args).map((path) => path.toString());

const isSocket = (path: string): boolean => path.startsWith('socket:') || path.startsWith('TCP');
