const COMMON = 'абвгдежзийклмнопрстуфхцчшщъыьэюяё';

/** The alphabet of a language that is written in Cyrillic. */
const CYRILLIC: Readonly<Record<string, string>> = {
  be: `${COMMON}іў`,
  bg: COMMON,
  ru: COMMON,
  sr: `${COMMON}јљњђћџ`,
  uk: `${COMMON}іїєґ`,
};

const FOREIGN = new Map(
  Object.entries(CYRILLIC).map(([language, alphabet]) => [
    language,
    new RegExp(`(?=\\p{Script=Cyrillic})[^${alphabet}]`, 'giu'),
  ]),
);

/**
 * How many characters of Cyrillic a text has that are not in the alphabet of the language: the detector takes every text in it for
 * one of the five that it knows, and Kazakh, Mongolian and Macedonian have characters of their own.
 */
export function foreignCharacters(text: string, language: string): number {
  const foreign = FOREIGN.get(language);
  return foreign ? (text.match(foreign)?.length ?? 0) : 0;
}
