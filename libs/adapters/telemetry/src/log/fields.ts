import { isSecretName } from '../secrets/secret-name.ts';
import { MASK, shortText } from '../secrets/mask-text.ts';

export type Scalar = number | bigint | boolean | string | null | undefined;
export type Shown = number | boolean | string | null;

const MAX_ELEMENTS = 32;

/** A value that may be printed: short and masked. Booleans and missing values are never masked. */
export function shownScalar(name: string, value: unknown): Shown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (isSecretName(name)) return MASK;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? shortText(value) : `[${typeof value}]`;
}

/** A scalar, or the first 32 scalars of a list. */
export function shownField(name: string, value: unknown): Shown | readonly Shown[] {
  if (!Array.isArray(value) || isSecretName(name)) return shownScalar(name, value);
  const first: readonly unknown[] = value.slice(0, MAX_ELEMENTS);
  return first.map((element) => shownScalar(name, element));
}
