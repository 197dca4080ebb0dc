/* Measures how many traces a second are verified, each in a process of its own, and in which isolation. */
import { openSandbox, readTrace, verify } from '../../libs/attributes/traces/src/index.ts';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, whole, writeResults } from '../results.ts';

const [traces = NaN, rounds = NaN] = numbersOf({
  traces: { standard: 200, least: 1, most: 100_000 },
  rounds: { standard: 5, least: 1, most: 50 },
});

/** A sum over `steps` numbers, with all of its states. */
function documentOf(steps: number): string {
  const states: object[] = [{ line: 1, variables: { total: 0 } }];
  let total = 0;
  for (let i = 0; i < steps; i += 1) {
    states.push({ line: 2, variables: { total, i } });
    total += i;
    states.push({ line: 3, variables: { total, i } });
  }
  states.push({ line: 2, variables: { total, i: steps - 1 } });
  const code = `total = 0\nfor i in range(${steps}):\n    total += i\n`;
  return JSON.stringify({ code, language: 'python', states });
}

const { PATH: path, HOME: home } = process.env;
const opened = await openSandbox({ python: 'python3', path, home, isIsolated: true });
if (!opened.ok) throw new Error(opened.text);
const { sandbox } = opened;

/** Seconds for all traces, one after the other. */
async function elapsed(document: string): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < traces; at += 1) {
    const read = readTrace(document);
    const outcome = read.ok ? (await verify(read.trace, sandbox)).outcome : read.code;
    if (outcome !== 'verified') throw new Error(`the trace is ${outcome}`);
  }
  return (performance.now() - began) / 1000;
}

const KINDS = [
  { title: 'of 4 states', document: documentOf(1) },
  { title: 'of 202 states', document: documentOf(100) },
  { title: 'of 4,002 states', document: documentOf(2000) },
];
const next = progress(rounds * KINDS.length);
const rows = [];
for (const { title, document } of KINDS) {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    next(title);
    seconds.push(await elapsed(document));
  }
  rows.push([title, whole(traces / median(seconds))]);
}
await sandbox.close();
writeResults('traces', `--traces ${traces} --rounds ${rounds}`, [
  {
    title: `Verified traces a second, one after the other, medians of ${rounds}: CPython ${sandbox.python}, isolation: ${sandbox.isolation.join(', ')}`,
    columns: ['traces', 'a second'],
    rows,
  },
]);
