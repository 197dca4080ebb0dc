import { createHash } from 'node:crypto';
import { Session } from 'node:inspector';

/** Calls of the runtime whose work grows with what they look through, each with the characters, bytes or items that it looks at. */
type Looked = (self: { readonly length: number }, args: readonly unknown[], result: unknown) => number;

const whole: Looked = ({ length }) => length;
const given: Looked = (_self, [first]) => sizeOf(first);
const made: Looked = (_self, _args, result) => sizeOf(result);
const one: Looked = () => 1;
/** From where the search begins to where it ends. */
const searched: Looked = ({ length }, [, from], result) =>
  Math.max(0, (typeof result === 'number' && result >= 0 ? result : length) - (Number(from) || 0)) + 1;

/** Characters, bytes or items of a value; those of the texts of a value of JSON are left to whoever made them. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return typeof value === 'object' && value !== null ? Reflect.ownKeys(value).length : 1;
}

const prototypeOf = (value: object): object => Object(Object.getPrototypeOf(value));

type Holder = readonly [name: string, holder: object, methods: Readonly<Record<string, Looked>>];

/* Spreads, loops and destructuring ask the iterators for each item; sets and maps are made of them too. */
const LOOKING: readonly Holder[] = [
  [
    'String',
    String.prototype,
    {
      indexOf: searched,
      includes: whole,
      lastIndexOf: ({ length }, _args, result) => length - Math.max(0, Number(result)),
      split: whole,
      trim: whole,
      trimStart: whole,
      trimEnd: whole,
      toLowerCase: whole,
      toUpperCase: whole,
      toWellFormed: whole,
      startsWith: given,
      endsWith: given,
      normalize: whole,
      localeCompare: whole,
      repeat: made,
      padStart: made,
      padEnd: made,
    },
  ],
  [
    'Array',
    Array.prototype,
    {
      indexOf: searched,
      includes: whole,
      lastIndexOf: whole,
      shift: whole,
      unshift: whole,
      splice: whole,
      slice: made,
      concat: made,
      flat: made,
      fill: whole,
      reverse: whole,
      toReversed: whole,
      toSorted: whole,
      sort: whole,
      join: whole,
      with: whole,
    },
  ],
  ['the iterator of an array', prototypeOf([][Symbol.iterator]()), { next: one }],
  ['the iterator of a map', prototypeOf(new Map()[Symbol.iterator]()), { next: one }],
  ['the iterator of a set', prototypeOf(new Set()[Symbol.iterator]()), { next: one }],
  ['Uint8Array', prototypeOf(Uint8Array.prototype), { indexOf: searched, slice: made, set: given }],
  ['Buffer', Buffer.prototype, { indexOf: searched, toString: made, equals: given, compare: given }],
  ['Buffer', Buffer, { from: given, concat: made, byteLength: given, compare: given }],
  ['Object', Object, { keys: made, values: made, entries: made, fromEntries: made, assign: made }],
  ['JSON', JSON, { parse: given, stringify: made }],
  ['TextDecoder', TextDecoder.prototype, { decode: made }],
  ['TextEncoder', TextEncoder.prototype, { encode: given }],
  ['Hash', prototypeOf(createHash('sha256')), { update: given }],
];

/** To where a pattern looks at least: to the end of a text in which it has no match, unless it may match at one place only. */
function lookedAt({ sticky }: RegExp, from: number, text: string, match: RegExpExecArray | null): number {
  if (sticky && !match) return 1;
  return Math.max(0, (match ? match.index + match[0].length : text.length) - from) + 1;
}

/** The patterns that were matched while work was counted. */
const patterns = new Map<string, RegExp>();

/** A class or character that is repeated without an end, at the beginning of a pattern or of one of its alternatives. */
const REPEATED_FIRST =
  /(?:^|(?<!\\)\|)(?:\((?:\?:|\?<\w+>)?)*(?:\[(?:\\.|[^\]\\])*\]|\\[dDwWsS]|\.|[^\\^$()[\]|*+?{}])(?:[*+]|\{\d+,\})(.*)$/s;

/**
 * Patterns that begin with what may match a run of characters from each of them on, so that one match may look at a run as
 * often as it is long. One that ends with it never fails behind it, and one that is anchored begins at one place.
 */
export const beginningAnew = (): readonly string[] =>
  [...patterns.values()]
    .filter(({ source, sticky }) => {
      const [, rest = ''] = REPEATED_FIRST.exec(source) ?? [];
      return !sticky && !source.startsWith('^') && rest.replaceAll(')', '') !== '';
    })
    .map(String);

const session = new Session();
const post = <Answer>(method: string, params: object = {}): Answer => {
  let answered: unknown;
  session.post(method, params, (error, answer) => {
    if (error) throw new Error(`${method}: ${error.message}`);
    answered = answer;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an inspector within the process answers at once
  return answered as Answer;
};

/** Begins to count. Modules that are loaded afterwards are counted by their blocks, others by their functions alone. */
export function beginCounting(): void {
  session.connect();
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

type Coverage = {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
};

/** Work by what did it: a function of the sources, a call of the runtime or a pattern. */
export type Work = ReadonlyMap<string, number>;

/** How often blocks of each function of the sources ran since the last call, as V8 counts them. */
function blocksRun(): Work {
  const { result } = post<Coverage>('Profiler.takePreciseCoverage');
  const blocks = new Map<string, number>();
  for (const { url, functions } of result) {
    const [, source] = /\/((?:libs|services)\/.*\.ts)$/.exec(url) ?? [];
    if (source === undefined) continue;
    for (const { functionName, ranges } of functions) {
      const name = `${source} ${functionName}@${ranges[0]?.startOffset ?? 0}`;
      blocks.set(
        name,
        ranges.reduce((sum, { count }) => sum + count, blocks.get(name) ?? 0),
      );
    }
  }
  return blocks;
}

/**
 * The work of reading something, by what did it: blocks of the sources that ran, and what searches, copies and patterns looked
 * through. Neither depends on the machine. What a pattern does within one match is not seen: patterns that begin anew at each
 * character need a test of their own. A copy of an object by a spread is not seen either.
 */
export async function workIn(read: () => unknown): Promise<Work> {
  const looked = new Map<string, number>();
  const look = (name: string, count: number) => looked.set(name, (looked.get(name) ?? 0) + count);
  const restore: (() => void)[] = [];
  const replace = (
    holder: object,
    name: string,
    wrap: (inner: (...args: unknown[]) => unknown) => unknown,
  ) => {
    const own = Object.getOwnPropertyDescriptor(holder, name);
    if (typeof own?.value !== 'function') throw new Error(`there is no ${name} to count`);
    Object.defineProperty(holder, name, { ...own, value: wrap(own.value) });
    restore.push(() => Object.defineProperty(holder, name, own));
  };
  blocksRun();
  for (const [of, holder, methods] of LOOKING)
    for (const [name, count] of Object.entries(methods)) {
      const title = `${of}.${name}`;
      replace(
        holder,
        name,
        (inner) =>
          function counted(this: { readonly length: number }, ...args: unknown[]) {
            const result = Reflect.apply(inner, this, args);
            look(title, count(this, args, result));
            return result;
          },
      );
    }
  replace(
    RegExp.prototype,
    'exec',
    (inner) =>
      function counted(this: RegExp, text: string) {
        patterns.set(String(this), this);
        const from = this.global || this.sticky ? this.lastIndex : 0;
        const match = Reflect.apply(inner, this, [text]);
        look(String(this), lookedAt(this, from, String(text), match as RegExpExecArray | null));
        return match;
      },
  );
  try {
    await read();
  } finally {
    for (const undo of restore.toReversed()) undo();
  }
  return new Map([...looked, ...blocksRun()]);
}

/** All the work of reading something. */
export async function workOf(read: () => unknown): Promise<number> {
  let sum = 0;
  for (const count of (await workIn(read)).values()) sum += count;
  return sum;
}
