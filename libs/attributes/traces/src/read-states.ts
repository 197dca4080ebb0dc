import { countIn, isList, isMap, parseRecorded } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import type { State, TraceEvent } from './trace.ts';

type ReadStates =
  | { readonly ok: true; readonly states: readonly State[] }
  | { readonly ok: false; readonly code: 'states_invalid' | 'too_many_states'; readonly reason: string };

/** States of one trace. A program is not followed any further either. */
const MOST_STATES = 10_000;

const EVENTS: ReadonlySet<Recorded | undefined> = new Set(['line', 'call', 'return']);

const isEvent = (value: Recorded | undefined): value is TraceEvent => EVENTS.has(value);

/**
 * The recorded states: a list, or the text of one, as tables have it. None where nothing is recorded. A state that is not
 * understood makes the trace none.
 */
export function readStates(field: Recorded | undefined): ReadStates {
  if (field === undefined || field === null) return { ok: true, states: [] };
  const recorded = typeof field === 'string' ? parseRecorded(field) : field;
  if (!isList(recorded)) return invalid('states is a list');
  if (recorded.length > MOST_STATES)
    return { ok: false, code: 'too_many_states', reason: `it has more than ${MOST_STATES} states` };
  const states: State[] = [];
  for (const [at, one] of recorded.entries()) {
    const state = readState(one);
    if (typeof state === 'string') return invalid(`state ${at + 1}: ${state}`);
    states.push(state);
  }
  return { ok: true, states };
}

const invalid = (reason: string): ReadStates => ({ ok: false, code: 'states_invalid', reason });

/** A state, or what is wrong with it. */
function readState(recorded: Recorded): State | string {
  if (!isMap(recorded)) return 'it is no object';
  const line = countIn(recorded.get('line'));
  const event = recorded.get('event') ?? 'line';
  const variables = recorded.get('variables') ?? new Map<string, Recorded>();
  const value = recorded.get('value');
  if (line === undefined || line < 1) return 'line is the number of a line, from 1';
  if (!isEvent(event)) return 'event is line, call or return';
  if (!isMap(variables)) return 'variables is an object';
  if (value !== undefined && event !== 'return') return 'value is what a return has';
  return { line, event, variables, ...(value !== undefined && { value }) };
}
