/** What a line of the log tells. */
export type LogLine =
  | {
      readonly kind: 'iteration';
      readonly step: number;
      readonly of: number | undefined;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'validation';
      readonly step: number | undefined;
      readonly set: string;
      readonly fields: Fields;
    }
  | { readonly kind: 'saved'; readonly step: number; readonly uri: string | undefined }
  | { readonly kind: 'loaded'; readonly step: number }
  | { readonly kind: 'argument'; readonly name: string; readonly value: string };

/** Values by the name in the log. */
export type Fields = readonly (readonly [name: string, value: number])[];

const ITERATION = /\biteration\s+(\d+)\s*\/\s*(\d+)\s*(?:\||$)/;
const VALIDATION =
  /\b(validation|test) loss at (?:iteration\s+(\d+)|(?:the )?end of training(?: for (?:val|test) data)?)(?: on (validation|test) set)?[^|]*\|/;
const SAVED = /successfully saved checkpoint (?:at|from) iteration\s+(\d+)(?: to (\S+))?/;
const LOADED = /(?:successfully loaded|loading) checkpoint from .*?\bat iteration\s+(\d+)/;
const ARGUMENT = /^\s{2,}([a-z][a-z0-9_]*) \.{2,}\s?(.*)$/;

/** Undefined where a line tells nothing that is read. A prefix such as a rank does not matter. */
export function logLine(line: string, whole: boolean): LogLine | undefined {
  const iteration = ITERATION.exec(line);
  if (iteration) {
    const [, step, of] = iteration;
    return { kind: 'iteration', step: Number(step), of: Number(of), fields: fieldsIn(line, whole) };
  }
  const validation = VALIDATION.exec(line);
  if (validation) {
    const [, , step, set] = validation;
    const fields = fieldsIn(line, whole);
    return {
      kind: 'validation',
      step: step === undefined ? undefined : Number(step),
      set: set ?? 'validation',
      fields,
    };
  }
  return markIn(line);
}

function markIn(line: string): LogLine | undefined {
  const saved = SAVED.exec(line);
  if (saved) return { kind: 'saved', step: Number(saved[1]), uri: saved[2] };
  const loaded = LOADED.exec(line);
  if (loaded) return { kind: 'loaded', step: Number(loaded[1]) };
  const [, name, value] = ARGUMENT.exec(line.replace(/^\[[^\]]*\]:|^\d+: /, '')) ?? [];
  return name === undefined ? undefined : { kind: 'argument', name, value: (value ?? '').trim() };
}

const FIELD = /^\s*(?:\[[^\]]*\]:?|\d+:)?\s*([^:|]*?[^:|\s])\s*:\s*(\S+)/;

/** `name: value` between bars, in any order. The last one of a line that is cut short may lack digits: it is left out. */
function fieldsIn(line: string, whole: boolean): Fields {
  const parts = line.split('|');
  const safe = whole ? parts : parts.slice(0, -1);
  return safe.flatMap((part): [string, number][] => {
    const [, name, value] = FIELD.exec(part) ?? [];
    const number = numberIn(value ?? '');
    if (name === undefined || number === undefined || ITERATION.test(`${part}|`)) return [];
    return [[name.replaceAll(/\s+/g, ' '), number]];
  });
}

/** Python's floats; a unit may follow, as in `1.1TFLOPS`. */
function numberIn(text: string): number | undefined {
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  const digits = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?(?=$|[A-Za-z%/])/i.exec(text)?.[0];
  return digits === undefined ? undefined : Number(digits);
}
