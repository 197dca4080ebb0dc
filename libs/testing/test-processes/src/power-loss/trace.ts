/** A system call of a trace. The numbers of lines tell which of two calls ended before the other began. */
export type TracedCall = {
  readonly name: string;
  /** Everything between the parentheses, with strings and paths in hexadecimal. */
  readonly args: string;
  readonly result: number;
  /** The line on which the call began. */
  readonly begin: number;
  /** The line on which it returned; infinite where the process ended before. */
  readonly end: number;
};

const LINE = /^(\d+)\s+(?:<\.\.\. (\w+) resumed>|(\w+)\()/;
const UNFINISHED = ' <unfinished ...>';

/** The calls in the output of `strace -f -xx`, in the order in which they began. Throws where a string was cut. */
export function readTrace(trace: string): TracedCall[] {
  const calls: TracedCall[] = [];
  const open = new Map<string, number>();
  for (const [line, text] of trace.split('\n').entries()) {
    const [head, thread = '', resumed, name] = LINE.exec(text) ?? [];
    if (head === undefined) continue;
    const rest = text.slice(head.length);
    if (rest.includes('"...')) throw new Error(`a string of line ${line + 1} of the trace was cut`);
    if (name !== undefined && rest.endsWith(UNFINISHED)) {
      open.set(thread, calls.length);
      const args = rest.slice(0, -UNFINISHED.length);
      calls.push({ name, args, result: 0, begin: line, end: Infinity });
    } else if (name !== undefined) calls.push({ name, ...finished(rest), begin: line, end: line });
    else if (resumed !== undefined) resume(calls, open.get(thread), { rest, line });
  }
  return calls;
}

function resume(
  calls: TracedCall[],
  index: number | undefined,
  { rest, line }: { rest: string; line: number },
): void {
  const begun = index === undefined ? undefined : calls[index];
  if (index === undefined || !begun) return;
  const { args, result } = finished(rest);
  calls[index] = { ...begun, args: begun.args + args, result, end: line };
}

/** Arguments and result of `args) = result`. Strings are in hexadecimal, so that they contain no such text. */
function finished(rest: string): { args: string; result: number } {
  const at = rest.lastIndexOf(' = ');
  return { args: rest.slice(0, rest.lastIndexOf(')', at)), result: Number.parseInt(rest.slice(at + 3), 10) };
}

const STRING = /"((?:\\x[0-9a-f]{2})*)"/g;

/** The bytes of each string among the arguments. */
export const stringsIn = (args: string): Buffer[] =>
  [...args.matchAll(STRING)].map(([, text = '']) => bytesOf(text));

/** A file descriptor, and what it refers to. */
export function descriptorOf(args: string): { number: number; path: string } {
  const [, number, path = ''] = /^(\w+)<((?:\\x[0-9a-f]{2})*)>/.exec(args) ?? [];
  return { number: Number(number), path: bytesOf(path).toString() };
}

/** The numbers behind the last string or list. */
export const numbersAtEnd = (args: string): number[] =>
  [
    ...args
      .slice(Math.max(args.lastIndexOf('"'), args.lastIndexOf(']'), args.lastIndexOf('>')))
      .matchAll(/-?\d+/g),
  ].map(Number);

const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');
