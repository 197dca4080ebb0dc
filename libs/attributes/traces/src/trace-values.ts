import { createHash } from 'node:crypto';
import type { ReadTrace } from './read-trace.ts';
import { recordedEvents, trackedNames } from './trace.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verify.ts';

/** What each value of a document means. */
export const TRACE_VALUES = {
  has_trace: 'whether the document records an execution: code with states, output or a result',
  trace_verified: 'whether the code was run again and did what is recorded',
  outcome: 'verified, or what else became of it; no_trace without a trace',
  reason: 'why it has no trace or is not verified, such as the first mismatch',
  verify_scope: 'all_states, or final_only where no states are recorded',
  n_trace_steps: 'recorded states',
  n_variables_tracked: 'distinct names of variables in the states',
  trace_granularity: 'line, or call where all states are calls and returns',
  trace_density: 'recorded states for each token, where the document says its tokens (n_tokens)',
  trace_steps_per_character: 'recorded states for each character of the document',
  step_agreement: 'states that agree for each state of the longer of the record and the program',
  verify_mismatch_count: 'recorded states, output and result that are not those of the program',
  language: 'language of the code, as the document says',
  code_hash: 'digest of the code',
  parent_code_hash:
    'code that it was rewritten from, as the document says; that of the code where it is the original',
  query_type: 'output, input, variable_trace, explanation or other, as the document says',
  code_variant: 'original, rewritten or other, as the document says',
  source_family: 'competition, classical_algorithm, math_code or other, as the document says',
  generator_model: 'what generated the document, as it says',
  sample_index: 'which sample of its item it is, as it says',
} as const;

type Value = number | string | boolean;

/** The values of a document by the names of TRACE_VALUES; those that it lacks are left out. */
export type TraceValues = Readonly<Record<string, Value>>;

/** The values of a document: `characters` are its code points, `verdict` that of its trace where it has one. */
export function traceValues(
  read: ReadTrace,
  { characters, verdict }: { readonly characters: number; readonly verdict: Verdict | undefined },
): TraceValues {
  if (!read.ok)
    return {
      has_trace: false,
      trace_verified: false,
      outcome: 'no_trace',
      reason: `${read.code}: ${read.reason}`,
    };
  const { outcome, reason, comparison } = verdict ?? NOT_RUN;
  return {
    has_trace: true,
    trace_verified: outcome === 'verified',
    outcome,
    ...(reason !== '' && { reason }),
    ...recordedValues(read.trace, characters),
    ...(comparison && {
      ...(comparison.total > 0 && { step_agreement: comparison.matched / comparison.total }),
      verify_mismatch_count: comparison.mismatches,
    }),
    ...declaredValues(read.trace),
  };
}

const NOT_RUN: Verdict = { outcome: 'not_run', reason: '' };

function recordedValues(trace: Trace, characters: number): TraceValues {
  const steps = trace.states.length;
  const { tokens } = trace.declared;
  return {
    verify_scope: steps > 0 ? 'all_states' : 'final_only',
    n_trace_steps: steps,
    n_variables_tracked: trackedNames(trace).length,
    ...(steps > 0 && { trace_granularity: recordedEvents(trace).includes('line') ? 'line' : 'call' }),
    ...(tokens !== undefined && tokens > 0 && { trace_density: steps / tokens }),
    ...(characters > 0 && { trace_steps_per_character: steps / characters }),
  };
}

function declaredValues({ code, language, declared }: Trace): TraceValues {
  const hash = `sha256:${createHash('sha256').update(code).digest('hex').slice(0, 16)}`;
  const isOriginal = declared.codeVariant === undefined || declared.codeVariant === 'original';
  const parent = declared.parentCodeHash ?? (isOriginal ? hash : undefined);
  return {
    ...(language !== undefined && { language }),
    code_hash: hash,
    ...(parent !== undefined && { parent_code_hash: parent }),
    ...(declared.queryType !== undefined && { query_type: declared.queryType }),
    ...(declared.codeVariant !== undefined && { code_variant: declared.codeVariant }),
    ...(declared.sourceFamily !== undefined && { source_family: declared.sourceFamily }),
    ...(declared.generatorModel !== undefined && { generator_model: declared.generatorModel }),
    /* A text, since the mean of indices says nothing of a file. */
    ...(declared.sampleIndex !== undefined && { sample_index: String(declared.sampleIndex) }),
  };
}

/** The groups of a document: how it stands with verification, and what it says of itself. */
export const traceGroups = (values: TraceValues): Readonly<Record<string, string>> => ({
  outcome: values['has_trace'] === true ? String(values['outcome']) : noTraceGroup(values),
  ...(values['has_trace'] === true && {
    query_type: String(values['query_type'] ?? 'not stated'),
    code_variant: String(values['code_variant'] ?? 'not stated'),
  }),
});

const noTraceGroup = (values: TraceValues): string =>
  `no_trace: ${String(values['reason']).split(':', 1)[0] ?? ''}`;
