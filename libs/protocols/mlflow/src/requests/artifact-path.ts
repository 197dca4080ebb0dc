import { invalid } from '../errors.ts';

/** Longest path of a file below its run or model, in UTF-16 code units. */
const MAX_LENGTH = 1024;

/**
 * The segments of a path below a run or model. Throws MlflowFault for what is no plain relative path: clients join paths to
 * folders of their own.
 */
export function segmentsOf(path: string): string[] {
  const plain = path.replaceAll(/^\/+|\/+$/g, '');
  const segments = plain === '' ? [] : plain.split('/');
  for (const segment of segments) if (!isPlain(segment)) throw unsafe(segment);
  return segments;
}

/** The same of the path of an address, each segment of which is encoded. */
export const addressSegments = (path: string): string[] => segmentsOf(decoded(path));

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unsafe(path);
  }
}

const isPlain = (segment: string): boolean =>
  segment !== '' &&
  segment !== '.' &&
  segment !== '..' &&
  !/[\\\p{Cc}]/u.test(segment) &&
  segment.isWellFormed();

const unsafe = (segment: string) =>
  invalid(
    `the artifact path has the part ${JSON.stringify(segment.slice(0, 100))}; send a relative path of plain names: no empty part, no . or .., no backslash, no control character`,
  );

/** The path of a file below its owner. */
export function filePathOf(segments: readonly string[]): string {
  const path = segments.join('/');
  if (path === '') throw invalid('the artifact path names no file below the run or the model');
  if (path.length <= MAX_LENGTH) return path;
  throw invalid(`the artifact path is ${path.length} characters long; at most ${MAX_LENGTH} are allowed`);
}
