import { DETECTOR, naturalLanguage, openDetector } from '@tributary/language';
import type { Attribute } from './attribute.ts';

/** The natural language of documents. */
export const naturalLanguageAttribute: Attribute = {
  name: 'natural_language',
  description:
    'the natural language of the prose of a text, one of 60, or undetermined: of short texts, of code, and where it is unclear',
  values: {
    natural_language: 'code of the language by ISO 639-1, or undetermined',
    is_determined: 'whether there is one',
    prose_share: 'share of the text that is prose, rather than code, markup or numbers',
    language_share: 'share of the prose that is in the language, or in the likeliest one',
    language_outcome: 'determined, too_little_prose, mostly_not_prose or unclear',
  },
  groups: ({ natural_language: label, language_outcome: outcome }) => ({
    label: String(label),
    outcome: String(outcome),
  }),
  async open() {
    const detect = await openDetector();
    return {
      ok: true,
      instrument: {
        ...DETECTOR,
        measure: async (documents) =>
          documents.map(({ text }) => {
            const { language, outcome, proseShare, languageShare } = naturalLanguage(text, detect);
            return {
              values: {
                natural_language: language ?? 'undetermined',
                is_determined: language !== undefined,
                prose_share: proseShare,
                language_share: languageShare,
                language_outcome: outcome,
              },
            };
          }),
        close: async () => undefined,
      },
    };
  },
};
