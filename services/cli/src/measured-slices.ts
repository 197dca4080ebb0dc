import { InvalidArgumentError, Option } from 'commander';

/** Slices that an attribute defines, in place of the recorded ones. */
export type MeasuredSlices = { readonly attribute: string; readonly atLeast?: number };

/** The option about slices that an attribute defines. */
export const bySlices = (): Option =>
  new Option(
    '--by <slices>',
    'slices that an attribute of shards defines: attribute:NAME, or attribute:NAME>=X for a number (default: the recorded slices)',
  ).argParser(slicesFrom);

/**
 * Reads `attribute:NAME` and `attribute:NAME>=X`. The last `>=` counts where a number follows it; a name that ends so itself
 * is written as a JSON string: `attribute:"a>=3"`.
 */
export function slicesFrom(text: string): MeasuredSlices {
  const [, named] = /^attribute:(.+)$/s.exec(text) ?? [];
  if (named === undefined) throw new InvalidArgumentError('It is attribute:NAME or attribute:NAME>=X.');
  const cut = named.lastIndexOf('>=');
  const number = cut < 1 ? '' : named.slice(cut + 2).trim();
  if (number === '' || !Number.isFinite(Number(number))) return { attribute: unquoted(named) };
  return { attribute: unquoted(named.slice(0, cut)), atLeast: Number(number) };
}

const isQuoted = (text: string): boolean => /^"[^]*"$/.test(text);

function unquoted(text: string): string {
  if (!isQuoted(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
