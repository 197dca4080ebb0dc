import { isStep } from '../run-history/point.ts';

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

/* A step of more than fifteen digits is none: no event could hold it. */
const ITERATION = /\biteration:?\s+(\d{1,15})\s*\/\s*(\d{1,15})\s*(?:\||$)/;
const VALIDATION =
  /\b(?:validation|test) (?:loss|results) at (?:iteration\s+(\d{1,15}(?!\d))|(?:the )?end of training)(?: (?:for|on) (val|test)\w* (?:data|set))?/;
/**
 * The progress bar of NeMo on Lightning 1: `10/1000 [00:30<50:00, 3.1s/it, reduced_train_loss=10.2,
 * global_step=9.000]`.
 */
const PROGRESS = /\d\/\d+ \[([^\][]*)\]/g;
const GLOBAL_STEP = /\bglobal_step=\d/;
const COLOUR = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g');
const SAVED = /successfully saved checkpoint (?:at|from) iteration\s+(\d{1,15})(?!\d)(?: to (\S+))?/;
const LOADED = /(?:successfully loaded|loading) checkpoint from /;
const AT_ITERATION = /\bat iteration\s+(\d{1,15})(?!\d)/;
/** Timers, as in `evaluate .....: (3.2, 3.3)`, have a colon where arguments have their value. */
const ARGUMENT = /^\s{2,}([a-z][a-z0-9_]*) \.{2,}(?![.:])\s?(.*)$/;

/** No line with a step is longer. */
export const MAX_LINE = 8192;

/** Parses a line; undefined if it has nothing to import. A prefix such as the rank is ignored. */
export function logLine(coloured: string, whole: boolean): LogLine | undefined {
  if (coloured.length > MAX_LINE) return undefined;
  const line = coloured.replaceAll(COLOUR, '');
  const iteration = ITERATION.exec(line);
  if (iteration) {
    const [, step, of] = iteration;
    return { kind: 'iteration', step: Number(step), of: Number(of), fields: fieldsIn(line, whole) };
  }
  const bar = progressBarIn(line);
  if (bar !== undefined) return progressIn(bar);
  return validationIn(line, whole) ?? eventIn(line);
}

function validationIn(line: string, whole: boolean): LogLine | undefined {
  const validation = VALIDATION.exec(line);
  if (!validation || !line.includes('|', validation.index + validation[0].length)) return undefined;
  const [, step, set] = validation;
  return {
    kind: 'validation',
    step: step === undefined ? undefined : Number(step),
    set: set === 'test' ? 'test' : 'validation',
    fields: fieldsIn(line, whole),
  };
}

/** The fields of the first progress bar with a global step: what follows the times `elapsed<remaining,`. */
function progressBarIn(line: string): string | undefined {
  for (const [, bar = ''] of line.matchAll(PROGRESS)) {
    const remaining = bar.indexOf('<');
    const comma = bar.indexOf(',', remaining);
    const fields = bar.slice(comma + 1);
    if (remaining >= 0 && comma >= 0 && GLOBAL_STEP.test(fields)) return fields;
  }
  return undefined;
}

/** The step and the fields in a progress bar; undefined for a step that no event can hold, such as 9.5 or NaN. */
function progressIn(bar: string): LogLine | undefined {
  const fields = bar.split(',').flatMap((part): [string, number][] => {
    const [name, value] = splitAt(part.trim(), '=') ?? [];
    const number = value === undefined || /\s/.test(value) ? undefined : numberIn(value);
    return name === undefined || name === 'v_num' || number === undefined ? [] : [[name, number]];
  });
  const step = new Map(fields).get('global_step') ?? null;
  return isStep(step) ? { kind: 'iteration', step, of: undefined, fields } : undefined;
}

function eventIn(line: string): LogLine | undefined {
  const saved = SAVED.exec(line);
  if (saved) return { kind: 'saved', step: Number(saved[1]), uri: saved[2] };
  const loaded = loadedStep(line);
  if (loaded !== undefined) return { kind: 'loaded', step: loaded };
  const [, name, value] = ARGUMENT.exec(line.replace(/^\[[^\]]*\]:|^\d+: /, '')) ?? [];
  return name === undefined ? undefined : { kind: 'argument', name, value: (value ?? '').trim() };
}

function loadedStep(line: string): number | undefined {
  const loaded = LOADED.exec(line);
  const at = loaded && AT_ITERATION.exec(line.slice(loaded.index + loaded[0].length));
  return at ? Number(at[1]) : undefined;
}

/** A rank or a time before a field. */
const PREFIX = /^(?:\[[^\]]*\]:?|[\d.]+:)/;
/** The format of the first versions: `learning rate 1.5E-05`. */
const WITHOUT_COLON =
  /^\s*(learning rate|(?:lm |mlm |sop |nsp )?loss|loss scale|grad norm)\s+([+-]?[\d.]+(?:E[+-]?\d+)?|nan|inf)\s*$/i;

/** The fields `name: value` between bars. The last field of a truncated line can lack digits and is left out. */
function fieldsIn(line: string, whole: boolean): LogFields {
  const parts = line.split('|');
  const safe = whole ? parts : parts.slice(0, -1);
  return safe.flatMap((part): [string, number][] => {
    const [name, value] = fieldIn(part.trim()) ?? WITHOUT_COLON.exec(part)?.slice(1) ?? [];
    const number = numberIn(value ?? '');
    if (name === undefined || number === undefined || ITERATION.test(`${part}|`)) return [];
    return [[name.replaceAll(/\s+/g, ' '), number]];
  });
}

/** The name and the value of a field. What looks like a prefix is the name if no other name follows. */
function fieldIn(part: string): readonly [name: string, value: string] | undefined {
  const prefix = PREFIX.exec(part)?.[0] ?? '';
  const field = splitAt(part.slice(prefix.length), ':') ?? splitAt(part, ':');
  return field && [field[0], field[1].trimStart().split(/\s/, 1)[0] ?? ''];
}

/** The texts before and after the first separator, if neither is blank. */
function splitAt(text: string, separator: string): readonly [before: string, after: string] | undefined {
  const at = text.indexOf(separator);
  const before = text.slice(0, Math.max(0, at)).trim();
  const after = text.slice(at + 1);
  return before === '' || after.trim() === '' ? undefined : [before, after];
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
