import type { Detector } from './natural-language.ts';

/**
 * The library that tells languages apart, its table of n-grams, and the version of what stands around it here: which lines are
 * prose, and from when on a language is certain enough.
 */
export const DETECTOR = { name: 'eld', version: '2.1.0, extrasmall, rules 1.0' } as const;

/** Loads the table: about 80 MB of memory, so only where languages are asked for. */
export async function openDetector(): Promise<Detector> {
  const { eld } = await import('eld/extrasmall');
  return (text) => eld.detect(text).getScores();
}
