import { microsOf } from '../run-history/point.ts';

/** A row of an export: the value of an attribute of a run, with its step if it is in a series. */
export type AttributeRow = {
  /** The id of the run in its project, behind the project: `team/tiny/TINY-1`. Projects may have runs of one id. */
  readonly runId: string;
  readonly project: string | undefined;
  readonly path: string;
  readonly type: string;
  readonly step: number | null;
  /** Microseconds since 1970. */
  readonly time: number | undefined;
  readonly value: AttributeValue;
};

type AttributeValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'plain'; readonly plain: string | boolean | readonly string[] }
  | { readonly kind: 'file' | 'histogram' | 'none' };

type AttributeCells = Readonly<Record<string, unknown>>;

/** Parses a row; undefined if it names no run or no attribute. */
export function attributeRow(cells: AttributeCells): AttributeRow | undefined {
  const id = textIn(cells['run_id'] ?? cells['model_id'] ?? cells['model_version_id']);
  const path = textIn(cells['attribute_path']);
  if (id === undefined || path === undefined) return undefined;
  const project = textIn(cells['project_id']);
  return {
    runId: project === undefined ? id : `${project}/${id}`,
    project,
    path,
    type: textIn(cells['attribute_type']) ?? '',
    step: stepIn(cells['step']),
    time: microsIn(cells['timestamp']),
    value: valueIn(cells),
  };
}

/** Steps have six decimals. Rounding removes the error of a conversion to float. */
function stepIn(cell: unknown): number | null {
  if (typeof cell !== 'number' && typeof cell !== 'bigint') return null;
  return Number(Number(cell).toFixed(6));
}

function valueIn(cells: AttributeCells): AttributeValue {
  const number = cells['float_value'] ?? cells['int_value'];
  if (typeof number === 'number' || typeof number === 'bigint')
    return { kind: 'number', number: Number(number) };
  const plain = cells['string_value'] ?? cells['bool_value'];
  if (typeof plain === 'string' || typeof plain === 'boolean') return { kind: 'plain', plain };
  const date = cells['datetime_value'];
  if (date instanceof Date && !Number.isNaN(date.getTime()))
    return { kind: 'plain', plain: date.toISOString() };
  const set = cells['string_set_value'];
  if (Array.isArray(set)) return { kind: 'plain', plain: set.filter((item) => typeof item === 'string') };
  if (cells['file_value'] != null) return { kind: 'file' };
  return { kind: cells['histogram_value'] == null ? 'none' : 'histogram' };
}

const textIn = (cell: unknown): string | undefined =>
  typeof cell === 'string' && cell !== '' ? cell : undefined;

const microsIn = (cell: unknown): number | undefined =>
  cell instanceof Date ? microsOf(cell.getTime() / 1000) : undefined;
