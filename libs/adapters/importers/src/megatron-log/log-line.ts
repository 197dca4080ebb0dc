/** A parsed line of a log. */
export type LogLine =
  | {
      readonly kind: 'iteration';
      readonly step: number;
      readonly of: number | undefined;
      readonly fields: LogFields;
    }
  | {
      readonly kind: 'validation';
      readonly step: number | undefined;
      readonly set: 'validation' | 'test';
      readonly fields: LogFields;
    }
  | { readonly kind: 'saved'; readonly step: number; readonly uri: string | undefined }
  | { readonly kind: 'loaded'; readonly step: number }
  | { readonly kind: 'argument'; readonly name: string; readonly value: string };

/** Values with their names in the log. */
export type LogFields = readonly (readonly [name: string, value: number])[];

const ITERATION = /\biteration:?\s+(\d+)\s*\/\s*(\d+)\s*(?:\||$)/;
const VALIDATION =
  /\b(?:validation|test) (?:loss|results) at (?:iteration\s+(\d+)|(?:the )?end of training)(?: (?:for|on) (val|test)\w* (?:data|set))?[^|]*\|/;
/**
 * The progress bar of NeMo on Lightning 1: `10/1000 [00:30<50:00, 3.1s/it, reduced_train_loss=10.2,
 * global_step=9.000]`.
 */
const PROGRESS = /\d+\/\d+ \[[^\][]*<[^\][]*?,([^\][]*\bglobal_step=\d[^\][]*)\]/;
const COLOUR = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g');
const SAVED = /successfully saved checkpoint (?:at|from) iteration\s+(\d+)(?: to (\S+))?/;
const LOADED = /(?:successfully loaded|loading) checkpoint from .*?\bat iteration\s+(\d+)/;
/** Timers, as in `evaluate .....: (3.2, 3.3)`, have a colon where arguments have their value. */
const ARGUMENT = /^\s{2,}([a-z][a-z0-9_]*) \.{2,}(?![.:])\s?(.*)$/;

/** No line with a step is longer, and the patterns can take minutes on longer lines. */
const MAX_LINE = 8192;

/** Parses a line; undefined if it has nothing to import. A prefix such as the rank is ignored. */
export function logLine(coloured: string, whole: boolean): LogLine | undefined {
  if (coloured.length > MAX_LINE) return undefined;
  const line = coloured.replaceAll(COLOUR, '');
  const iteration = ITERATION.exec(line);
  if (iteration) {
    const [, step, of] = iteration;
    return { kind: 'iteration', step: Number(step), of: Number(of), fields: fieldsIn(line, whole) };
  }
  const bar = PROGRESS.exec(line)?.[1];
  if (bar !== undefined) return progressIn(bar);
  const validation = VALIDATION.exec(line);
  if (validation) {
    const [, step, set] = validation;
    const fields = fieldsIn(line, whole);
    return {
      kind: 'validation',
      step: step === undefined ? undefined : Number(step),
      set: set === 'test' ? 'test' : 'validation',
      fields,
    };
  }
  return eventIn(line);
}

/** The step and the fields in a progress bar. */
function progressIn(bar: string): LogLine | undefined {
  const fields = bar.split(',').flatMap((part): [string, number][] => {
    const [, name, value] = /^\s*([^=]+)=(\S+)\s*$/.exec(part) ?? [];
    const number = numberIn(value ?? '');
    return name === undefined || name === 'v_num' || number === undefined ? [] : [[name.trim(), number]];
  });
  const step = new Map(fields).get('global_step');
  return step === undefined ? undefined : { kind: 'iteration', step, of: undefined, fields };
}

function eventIn(line: string): LogLine | undefined {
  const saved = SAVED.exec(line);
  if (saved) return { kind: 'saved', step: Number(saved[1]), uri: saved[2] };
  const loaded = LOADED.exec(line);
  if (loaded) return { kind: 'loaded', step: Number(loaded[1]) };
  const [, name, value] = ARGUMENT.exec(line.replace(/^\[[^\]]*\]:|^\d+: /, '')) ?? [];
  return name === undefined ? undefined : { kind: 'argument', name, value: (value ?? '').trim() };
}

const FIELD = /^\s*(?:\[[^\]]*\]:?|[\d.]+:)?\s*([^:|]*?[^:|\s])\s*:\s*(\S+)/;
/** The format of the first versions: `learning rate 1.5E-05`. */
const WITHOUT_COLON =
  /^\s*(learning rate|(?:lm |mlm |sop |nsp )?loss|loss scale|grad norm)\s+([+-]?[\d.]+(?:E[+-]?\d+)?|nan|inf)\s*$/i;

/** The fields `name: value` between bars. The last field of a truncated line can lack digits and is left out. */
function fieldsIn(line: string, whole: boolean): LogFields {
  const parts = line.split('|');
  const safe = whole ? parts : parts.slice(0, -1);
  return safe.flatMap((part): [string, number][] => {
    const [, name, value] = FIELD.exec(part) ?? WITHOUT_COLON.exec(part) ?? [];
    const number = numberIn(value ?? '');
    if (name === undefined || number === undefined || ITERATION.test(`${part}|`)) return [];
    return [[name.replaceAll(/\s+/g, ' '), number]];
  });
}

const SCALE = new Map(Object.entries({ K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12, P: 1e15 }));

/** Parses a Python float that can be followed by a unit, as in `1.1TFLOPS`, or a scale, as in `2.1M`. */
function numberIn(text: string): number | undefined {
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  const digits = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?(?=$|[A-Za-z%/])/i.exec(text)?.[0];
  if (digits === undefined) return undefined;
  return Number((Number(digits) * (SCALE.get(text.slice(digits.length)) ?? 1)).toPrecision(15));
}
