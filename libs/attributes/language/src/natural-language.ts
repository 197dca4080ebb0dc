import { foreignCharacters } from './alphabets.ts';
import { proseOf } from './prose.ts';
import type { Part, Prose } from './prose.ts';

/** How well a text fits each language, from 0 to 1; languages of which it has nothing are absent. */
export type Detector = (text: string) => Readonly<Record<string, number>>;

/** Bytes of prose from which a language can be told: about ten words, or twenty characters of Chinese. */
const LEAST_BYTES = 60;
/** The share of a text that has to be prose. */
const LEAST_PROSE = 0.5;
/** The score of a part that is in a language which the detector knows. */
const LEAST_SCORE = 0.62;
/** The share of the prose that has to be in one language. */
const LEAST_SHARE = 0.7;
/** By how much its mean score is above that of the next language: what tells Hindi from Marathi. */
const LEAST_MARGIN = 0.002;
/** Characters that the alphabet of the language does not have, for each byte of prose. */
const MOST_FOREIGN = 0.001;

/** Why there is no language, or `determined`. */
export type LanguageOutcome = 'determined' | 'too_little_prose' | 'mostly_not_prose' | 'unclear';

export type NaturalLanguage = {
  /** ISO 639-1; absent unless the outcome is `determined`. */
  readonly language?: string;
  readonly outcome: LanguageOutcome;
  /** The share of the text that is prose. */
  readonly proseShare: number;
  /** The share of the prose that is in the language, or in the likeliest one where it is unclear. */
  readonly languageShare: number;
};

/** The natural language that most of the prose of a text is in. */
export function naturalLanguage(text: string, detect: Detector): NaturalLanguage {
  const prose = proseOf(text);
  const { parts, share: proseShare } = prose;
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (proseShare < LEAST_PROSE && prose.characters >= LEAST_BYTES)
    return { outcome: 'mostly_not_prose', proseShare, languageShare: 0 };
  if (bytes < LEAST_BYTES) return { outcome: 'too_little_prose', proseShare, languageShare: 0 };
  const found = likeliest(parts, detect);
  const languageShare = found.bytes / bytes;
  const isClear = languageShare >= LEAST_SHARE && found.margin / bytes >= LEAST_MARGIN;
  if (!isClear || foreignIn(prose, found.language) > MOST_FOREIGN * bytes)
    return { outcome: 'unclear', proseShare, languageShare };
  return { language: found.language, outcome: 'determined', proseShare, languageShare };
}

/** The language of most bytes, with how far its score is above the next one, in bytes times score. */
function likeliest(parts: readonly Part[], detect: Detector) {
  const bytesOf = new Map<string, number>();
  const scoreOf = new Map<string, number>();
  for (const { text, bytes } of parts) {
    let best = { language: '', score: 0 };
    for (const [language, score] of Object.entries(detect(text))) {
      scoreOf.set(language, (scoreOf.get(language) ?? 0) + score * bytes);
      if (score > best.score) best = { language, score };
    }
    if (best.score >= LEAST_SCORE) bytesOf.set(best.language, (bytesOf.get(best.language) ?? 0) + bytes);
  }
  let found = { language: '', bytes: 0 };
  for (const [language, bytes] of bytesOf) if (bytes > found.bytes) found = { language, bytes };
  const own = scoreOf.get(found.language) ?? 0;
  const others = [...scoreOf].map(([language, score]) => (language === found.language ? 0 : score));
  return { ...found, margin: own - others.reduce((most, score) => Math.max(most, score), 0) };
}

const foreignIn = ({ parts }: Prose, language: string): number =>
  parts.reduce((sum, { text }) => sum + foreignCharacters(text, language), 0);
