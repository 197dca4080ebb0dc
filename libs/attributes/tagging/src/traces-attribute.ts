import { openSandbox, readTrace, TRACE_VALUES, traceGroups, traceValues, verify } from '@tributary/traces';
import type { Sandbox, SandboxOptions, Verdict } from '@tributary/traces';
import type { Attribute, Instrument, MeasuredDocument } from './attribute.ts';
import { codePoints } from './text-structure.ts';

/** Of the form of traces and the rules by which they are compared. */
const VERSION = '1.0';

/** Execution traces, and whether running their code again does what they record. */
export const tracesAttribute: Attribute = {
  name: 'traces',
  description: 'execution traces of Python code, and with --verify whether the code does what they record',
  values: TRACE_VALUES,
  groups: traceGroups,
  readsWholeRows: true,
  async open({ sandbox: options, language }) {
    if (options === undefined)
      return { ok: true, instrument: instrumentOf({ language, version: 'not verified', verdict: NOT_RUN }) };
    const opened = await openSandbox(options);
    if (opened.ok) {
      const { sandbox } = opened;
      return { ok: true, instrument: instrumentOf({ language, version: conditions(sandbox), sandbox }) };
    }
    if (opened.refusal !== 'not_isolated') return opened;
    const verdict: Verdict = { outcome: 'not_isolated', reason: notIsolated(options, opened.text) };
    const version = 'not verified: no isolation';
    return { ok: true, instrument: instrumentOf({ language, version, verdict }) };
  },
};

const NOT_RUN: Verdict = { outcome: 'not_run', reason: 'nothing was run: --verify runs the code again' };

const notIsolated = ({ isIsolated }: SandboxOptions, why: string): string =>
  isIsolated ? `the code was not run, since the system gives it no isolation (${why})` : why;

/** What a verification depends on. */
const conditions = ({ python, isolation }: Sandbox): string =>
  `verified by CPython ${python}, isolation: ${isolation.length === 0 ? 'none, limits alone' : isolation.join(', ')}`;

type Reading = {
  /** The language of code that does not say it. */
  readonly language: string | undefined;
  readonly version: string;
} & ({ readonly sandbox: Sandbox } | { readonly verdict: Verdict });

function instrumentOf(reading: Reading): Instrument {
  const measureOne = async (text: string): Promise<MeasuredDocument> => {
    const read = readTrace(text, reading.language);
    const characters = codePoints(text);
    if (!read.ok) return { values: traceValues(read, { characters, verdict: undefined }) };
    const verdict = 'sandbox' in reading ? await verify(read.trace, reading.sandbox) : reading.verdict;
    return { values: traceValues(read, { characters, verdict }) };
  };
  return {
    name: 'execution-traces',
    version: `${VERSION}, ${reading.version}`,
    measure: async (documents) => {
      const measured: MeasuredDocument[] = [];
      for (const { text } of documents) measured.push(await measureOne(text));
      return measured;
    },
    close: async () => ('sandbox' in reading ? reading.sandbox.close() : undefined),
  };
}
