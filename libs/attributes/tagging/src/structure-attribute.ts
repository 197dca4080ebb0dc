import type { Attribute } from './attribute.ts';
import { textStructure } from './text-structure.ts';

/** How a text is built, by plain counts. */
export const structureAttribute: Attribute = {
  name: 'structure',
  description:
    'plain measures of structured reasoning in a text: symbols, steps, sub-goals, verification, indentation, length',
  values: {
    n_bytes: 'bytes in UTF-8',
    n_chars: 'characters (code points)',
    n_lines: 'lines',
    symbol_density: 'mathematical symbols for each character',
    derivation_steps: 'lines with a relation, and lines that begin as a step',
    indentation_ratio: 'indented lines among those that are not blank',
    has_subgoals: 'whether the text states a sub-goal, an assumption, a case or a lemma',
    has_verification: 'whether the text checks something',
  },
  open: async () => ({
    ok: true,
    instrument: {
      name: 'text-structure',
      version: '1.0',
      measure: async (documents) => documents.map(({ text }) => ({ values: textStructure(text) })),
      close: async () => undefined,
    },
  }),
};
