import { FileBytes } from './file-bytes.ts';
import { Names } from './names.ts';
import type { NodeId } from './names.ts';
import type { Operation, Recording } from './operations.ts';
import { EVERYTHING, surviving, survivalOf } from './survival.ts';
import type { DataChange, Survival } from './survival.ts';

/**
 * Which changes of names a disk may lose. `ordered`: the last ones, as a journal that is written in order (ext4, XFS):
 * a flush of a file writes everything up to the last change of that file. `unordered`: any whose directory was not
 * flushed afterwards, which is all that POSIX promises. Both may lose each page of data that was not flushed.
 */
export type DiskModel = 'ordered' | 'unordered';

type NameChange = Extract<Operation, { kind: 'enter' | 'leave' | 'rename' | 'exchange' }>;
/** A change of names that a power cut may undo, and its number among all of them. */
type PendingName = { readonly change: NameChange; readonly order: number };
type Sync = Extract<Operation, { kind: 'sync' }>;

/** The files that a power cut leaves. */
export type DiskImage = {
  readonly names: Names;
  /** Where symbolic links lead. */
  readonly targets: ReadonlyMap<NodeId, string>;
  bytes(node: NodeId): Buffer;
};

/** A disk on which a recorded process works. It knows what is durable and what is not yet. */
export class SimulatedDisk {
  readonly #model: DiskModel;
  readonly #ignoresSync: (operation: Operation) => boolean;
  readonly #begins: readonly Operation[];
  readonly #ends: readonly Operation[];
  readonly #durable = new Names();
  readonly #targets = new Map<NodeId, string>();
  readonly #bytes = new Map<NodeId, FileBytes>();
  readonly #unflushed = new Map<NodeId, DataChange[]>();
  readonly #sizes = new Map<NodeId, number>();
  /** The number of the last change of names when a node was last changed, and when its size was. */
  readonly #changed = new Map<NodeId, number>();
  readonly #resized = new Map<NodeId, number>();
  /** What a flush that has begun will have written. */
  readonly #bounds = new Map<Operation, number>();
  #pending: PendingName[] = [];
  #order = 0;
  #begun = 0;
  #ended = 0;

  /** `ignoresSync` is for controls: a disk that does not keep what it said to be durable. */
  constructor(
    recording: Recording,
    model: DiskModel,
    ignoresSync: (operation: Operation) => boolean = () => false,
  ) {
    this.#model = model;
    this.#ignoresSync = ignoresSync;
    this.#begins = recording.operations;
    this.#ends = recording.operations
      .filter(({ end }) => end !== Infinity)
      .toSorted((one, other) => one.end - other.end);
    this.#durable.kinds.push(...recording.names.kinds.slice(1));
    for (const node of recording.names.entries.keys()) this.#durable.entries.set(node, new Map());
  }

  /** Runs on to the moment before a line of the trace, which must not be earlier than the last one. */
  advance(line: number): void {
    for (;;) {
      const [begin, end] = [this.#begins[this.#begun], this.#ends[this.#ended]];
      const isBegin = begin !== undefined && begin.begin <= (end?.end ?? Infinity);
      if (isBegin && begin.begin < line) {
        this.#begun += 1;
        this.#begin(begin);
      } else if (!isBegin && end !== undefined && end.end < line) {
        this.#ended += 1;
        this.#end(end);
      } else return;
    }
  }

  /** What a power cut at this moment may leave. `random` returns numbers from 0 to 1. */
  image(random: () => number): DiskImage {
    return this.#image(survivalOf(random), random);
  }

  /** What is left where nothing survives that was not flushed. */
  flushed(): DiskImage {
    return this.#image({ names: 0, pages: 0 }, () => 1);
  }

  /** What the process sees at this moment. */
  everything(): DiskImage {
    return this.#image(EVERYTHING, () => 0);
  }

  #image(survival: Survival, random: () => number): DiskImage {
    const names = new Names();
    names.kinds.push(...this.#durable.kinds.slice(1));
    for (const [node, entries] of this.#durable.entries) names.entries.set(node, new Map(entries));
    const first = Math.round(this.#pending.length * survival.names);
    for (const [index, { change }] of this.#pending.entries())
      if (this.#model === 'ordered' ? index < first : random() < survival.names) apply(names, change);
    const bytes = (node: NodeId): Buffer => {
      const file = new FileBytes(this.#bytes.get(node)?.bytes);
      for (const change of this.#unflushed.get(node) ?? []) surviving(file, change, survival, random);
      return file.bytes;
    };
    return { names, targets: this.#targets, bytes };
  }

  #begin(operation: Operation): void {
    const { kind, node } = operation;
    if (kind === 'write' || kind === 'truncate') {
      const changes = this.#unflushed.get(node) ?? [];
      changes.push(operation);
      this.#unflushed.set(node, changes);
    } else if (kind === 'sync') {
      const last = operation.dataOnly ? this.#resized : this.#changed;
      this.#bounds.set(operation, last.get(node) ?? 0);
    } else {
      this.#order += 1;
      this.#pending.push({ change: operation, order: this.#order });
      if (kind === 'enter' && operation.target !== undefined) this.#targets.set(node, operation.target);
    }
  }

  #end(operation: Operation): void {
    const { kind, node } = operation;
    if (kind === 'sync') return this.#sync(operation);
    this.#changed.set(node, this.#order);
    if (kind === 'enter') this.#resized.set(node, this.#order);
    if (kind === 'write') {
      const size = this.#sizes.get(node) ?? 0;
      const end = operation.offset + operation.bytes.length;
      if (end > size) this.#resized.set(node, this.#order);
      this.#sizes.set(node, Math.max(size, end));
      if (operation.isDurable && !this.#ignoresSync(operation))
        this.#flush(node, (change) => overlaps(change, operation));
    } else if (kind === 'truncate') {
      this.#sizes.set(node, operation.size);
      this.#resized.set(node, this.#order);
    } else for (const directory of directoriesOf(operation)) this.#changed.set(directory, this.#order);
  }

  #sync(sync: Sync): void {
    if (this.#ignoresSync(sync)) return;
    this.#flush(sync.node, (change) => change.end < sync.begin);
    const bound = this.#bounds.get(sync) ?? 0;
    const isDurable = ({ change, order }: PendingName): boolean =>
      this.#model === 'ordered'
        ? order <= bound
        : change.end < sync.begin && directoriesOf(change).at(-1) === sync.node;
    for (const pending of this.#pending) if (isDurable(pending)) apply(this.#durable, pending.change);
    this.#pending = this.#pending.filter((pending) => !isDurable(pending));
  }

  #flush(node: NodeId, isFlushed: (change: DataChange) => boolean): void {
    const changes = this.#unflushed.get(node);
    if (!changes) return;
    const file = this.#bytes.get(node) ?? new FileBytes();
    for (const change of changes) if (isFlushed(change)) surviving(file, change, EVERYTHING, () => 0);
    this.#bytes.set(node, file);
    this.#unflushed.set(
      node,
      changes.filter((change) => !isFlushed(change)),
    );
  }
}

/** The directories that a change of names changes; the one of the new name is last. */
const directoriesOf = (change: NameChange): NodeId[] =>
  'to' in change ? [change.at.directory, change.to.directory] : [change.at.directory];

/** A change may survive where an earlier one of the same name is lost: a new name is there then, and an old one is gone. */
function apply(names: Names, change: NameChange): void {
  const { kind, at, node } = change;
  if (kind === 'enter') return names.set(at, node);
  const isThere = names.get(at) === node;
  if (kind === 'exchange') {
    const other = names.get(change.to);
    if (!isThere || other === undefined) return;
    names.set(at, other);
  } else if (isThere) names.set(at, undefined);
  if ('to' in change) names.set(change.to, node);
}

/** A write that the disk confirms also writes what it lies upon. */
function overlaps(
  change: DataChange,
  { offset, bytes, begin }: Extract<Operation, { kind: 'write' }>,
): boolean {
  if (change.kind !== 'write' || change.begin > begin) return false;
  return change.offset < offset + bytes.length && offset < change.offset + change.bytes.length;
}
