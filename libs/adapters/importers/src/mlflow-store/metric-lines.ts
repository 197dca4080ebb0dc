import type { Findings } from '../facts/findings.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';

/** `time` is in microseconds since 1970. Step and time are null if the line does not state them. */
export type MetricPoint = {
  readonly time: number | null;
  readonly value: number;
  readonly step: number | null;
  readonly dataset: { readonly name: string; readonly digest: string } | undefined;
  readonly line: number;
};

/** The identity of the dataset of a point; empty if it names none. */
export const datasetOf = ({ dataset }: Pick<MetricPoint, 'dataset'>): string =>
  dataset ? JSON.stringify([dataset.name, dataset.digest]) : '';

/** The distinct points of a metric file. Invalid lines and a truncated last line are rejected. */
export function pointsIn(text: string, path: string, findings: Findings): MetricPoint[] {
  const lines = text.split(/\r?\n/);
  const known = new Set<string>();
  const points = lines.flatMap((content, index): MetricPoint[] => {
    if (content.trim() === '') return [];
    const source = `${path}:line:${index + 1}`;
    const torn = index + 1 === lines.length && tornBehind(lines[index - 1], content);
    const cells = torn ? 'the line is truncated: the file ends within it' : cellsIn(content.trim());
    if (typeof cells === 'string') {
      findings.reject(source, '', cells);
      return [];
    }
    const point = { ...cells, time: microsIn(cells.time, source, findings), line: index + 1 };
    const key = `${point.time} ${point.value} ${point.step} ${datasetOf(point)}`;
    if (known.has(key)) findings.warn('point_repeated', source);
    return known.has(key) ? [] : (known.add(key), [point]);
  });
  if (lines.every((line) => line.trim() === '')) findings.warn('metric_empty', `${path} has no points`);
  else if (points.at(-1)?.line === lines.length)
    findings.warn(
      'last_line_open',
      `${path}: the last line does not end with a line break, so its last number may lack digits`,
    );
  return points;
}

/**
 * Whether the last line is truncated. MLflow ends every line, so a last line with fewer fields than the previous one is
 * incomplete.
 */
const tornBehind = (before: string | undefined, last: string): boolean =>
  fieldsOf(last) < (before === undefined ? 3 : fieldsOf(before));

const fieldsOf = (line: string): number => line.trim().split(/\s+/).length;

/** `time value`, `time value step`, or `time value step dataset digest`. */
const LINE = /^(\S+)\s+(\S+)(?:\s+(\S+)(?:\s+(\S.*)\s+(\S+))?)?$/;

type MetricCells = Pick<MetricPoint, 'value' | 'step' | 'dataset'> & { readonly time: number };

/** The cells of a line with the time as written, or the reason why the line is invalid. */
function cellsIn(content: string): MetricCells | string {
  const [, at, value = '', stepCell, name, digest] = LINE.exec(content) ?? [];
  if (at === undefined) return 'the line does not have the form "time value [step [dataset digest]]"';
  const time = numberIn(at);
  const key = valueIn(value);
  const step = stepCell === undefined ? null : numberIn(stepCell);
  if (time === undefined) return `the time: ${whyNoNumber(at)}`;
  if (key === undefined) return `the value: ${whyNoNumber(value)}`;
  if (step === undefined) return `the step: ${whyNoNumber(stepCell ?? '')}`;
  const dataset = name === undefined || digest === undefined ? undefined : { name, digest };
  return { time, value: key, step, dataset };
}

const NONFINITE = /^([+-]?)(nan|inf|infinity)$/i;

function valueIn(text: string): number | undefined {
  const [, sign, name] = NONFINITE.exec(text) ?? [];
  if (name === undefined) return numberIn(text);
  if (name.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/**
 * Whether a time is in seconds. MLflow wrote seconds before 1.0 and writes milliseconds since; these bounds are the
 * years 1973 to 5138 in seconds.
 */
const isSeconds = (time: number): boolean => time > 100_000_000 && time < 100_000_000_000;

function microsIn(time: number, source: string, findings: Findings): number | null {
  const seconds = isSeconds(time);
  if (seconds) findings.warn('time_in_seconds', `${source}: the time ${time} was interpreted as seconds`);
  const micros = Math.round(time * (seconds ? 1_000_000 : 1000));
  if (micros >= 0 && Number.isSafeInteger(micros)) return micros;
  findings.warn('time_left_out', `${source}: the time ${time} is out of range`);
  return null;
}
