import { Session } from 'node:inspector';

/** Calls of the runtime whose work grows with what they look through, each with the characters or bytes that it looks at. */
type Looked = (self: { readonly length: number }, args: readonly unknown[], result: unknown) => number;

const whole: Looked = ({ length }) => length;
const made: Looked = (_self, _args, result) => String(result).length;
/** From where the search begins to where it ends. */
const searched: Looked = ({ length }, [, from], result) =>
  Math.max(0, (typeof result === 'number' && result >= 0 ? result : length) - (Number(from) || 0)) + 1;

const LOOKING: readonly (readonly [object, Readonly<Record<string, Looked>>])[] = [
  [
    String.prototype,
    {
      indexOf: searched,
      includes: whole,
      lastIndexOf: ({ length }, _args, result) => length - Math.max(0, Number(result)),
      split: whole,
      trim: whole,
      toLowerCase: whole,
      normalize: whole,
      localeCompare: whole,
      repeat: made,
    },
  ],
  [
    Array.prototype,
    {
      indexOf: searched,
      includes: whole,
      shift: whole,
      unshift: whole,
      slice: sliced,
      concat: whole,
      join: whole,
    },
  ],
  [Buffer.prototype, { indexOf: searched, toString: made }],
];

function sliced(_self: unknown, _args: readonly unknown[], result: unknown): number {
  return Array.isArray(result) ? result.length : 0;
}

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
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
};

/** How often blocks of the sources ran since the last call, as V8 counts them. */
function blocksRun(): number {
  const { result } = post<Coverage>('Profiler.takePreciseCoverage');
  const sources = result.filter(({ url }) => /\/(?:libs|services)\/.*\.ts$/.test(url));
  return sources
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * The work of reading something: blocks of the sources that ran, and what searches and patterns looked through. Neither
 * depends on the machine. What a pattern does within one match is not seen: patterns that begin anew at each character need
 * a test of their own.
 */
export async function workOf(read: () => unknown): Promise<number> {
  let looked = 0;
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
  for (const [holder, methods] of LOOKING)
    for (const [name, count] of Object.entries(methods))
      replace(
        holder,
        name,
        (inner) =>
          function counted(this: { readonly length: number }, ...args: unknown[]) {
            const result = Reflect.apply(inner, this, args);
            looked += count(this, args, result);
            return result;
          },
      );
  replace(
    RegExp.prototype,
    'exec',
    (inner) =>
      function counted(this: RegExp, text: string) {
        patterns.set(String(this), this);
        const from = this.global || this.sticky ? this.lastIndex : 0;
        const match = Reflect.apply(inner, this, [text]);
        looked += lookedAt(this, from, String(text), match as RegExpExecArray | null);
        return match;
      },
  );
  try {
    await read();
  } finally {
    for (const undo of restore) undo();
  }
  return looked + blocksRun();
}
