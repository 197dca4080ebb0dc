import { cirsValues, codeParser, stratumOf } from '@tributary/complexity';
import type { CodeParser } from '@tributary/complexity';
import type { Attribute, Instrument, MeasureOptions, RelativeScores } from './attribute.ts';
import { relativeScores } from './relative-cirs.ts';

/** Complexity of Python code, exactly as the reference code computes it; the science is in `@tributary/complexity`. */
export const cirsAttribute: Attribute = {
  name: 'cirs',
  description:
    'complexity-impacted reasoning score of the Python code in a text, as EasyInstruct computes it',
  values: {
    node_count: 'nodes of the syntax tree',
    max_depth: 'depth of the syntax tree; the root is 1',
    node_types: 'kinds of nodes',
    n1: 'distinct operators',
    N2: 'operands',
    n2: 'distinct operands',
    halstead_difficulty: 'n1 / 2 times N2 / n2',
    cyclomatic: '1 and the branches, loops, jumps and handlers',
    structure_score: 'logistic of the mean standardised size, depth and variety of the tree',
    logic_score: 'logistic of standardised difficulty times cyclomatic complexity',
    cirs: 'structure_score times logic_score: low below 0.125, high above 0.5',
  },
  groups: ({ cirs }) => ({ strata: stratumOf(Number(cirs)) }),
  async open({ normaliser, isCode }: MeasureOptions) {
    const scores = relativeScores(normaliser, {
      names: ['structure_score', 'logic_score', 'cirs'],
      valuesOf: (_measured, features, by) => cirsValues(features, by),
    });
    return scores.ok ? opened(codeParser(), isCode ?? false, scores.relative) : scores;
  },
};

function opened(parser: CodeParser, isCode: boolean, relative: RelativeScores) {
  const instrument: Instrument = {
    name: 'cirs',
    version: 'easyinstruct-2024-12',
    measure: async (documents) => {
      const texts = documents.map(({ text }) => text);
      const measured = await parser.measure(texts, isCode ? 'whole' : 'fenced');
      return measured.map((features) => ('code' in features ? features : { values: features }));
    },
    relative,
    close: () => parser.close(),
  };
  return { ok: true, instrument } as const;
}
