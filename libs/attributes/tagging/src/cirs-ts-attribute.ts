import { cirsValues } from '@tributary/complexity';
import type { Attribute } from './attribute.ts';
import { relativeScores } from './relative-cirs.ts';
import { openSyntax } from './syntax-attribute.ts';

/** The formulas of CIRS over trees of tree-sitter: for sixteen languages, and another attribute than `cirs`. */
export const cirsTsAttribute: Attribute = {
  name: 'cirs_ts',
  description:
    'the formulas of cirs over the syntax of code in 16 languages, by tree-sitter; not comparable with cirs',
  values: {
    language: 'language of the code',
    ts_structure_score: 'logistic of the mean standardised size, depth and variety of the tree',
    ts_logic_score: 'logistic of standardised difficulty times cyclomatic complexity, of tokens',
    cirs_ts: 'ts_structure_score times ts_logic_score',
  },
  groups: ({ language }) => ({ language: String(language) }),
  async open(options) {
    const scores = relativeScores(options.normaliser, {
      names: ['ts_structure_score', 'ts_logic_score', 'cirs_ts'],
      valuesOf: ({ language = '' }, features, by) => {
        const { structure_score, logic_score, cirs } = cirsValues(features, by);
        return { language, ts_structure_score: structure_score, ts_logic_score: logic_score, cirs_ts: cirs };
      },
    });
    if (!scores.ok) return scores;
    const opened = await openSyntax(options, (outcome) => {
      if ('code' in outcome) return outcome;
      const { language, ast_nodes, ast_depth, ast_types, ts_cyclomatic } = outcome.values;
      const tree = {
        node_count: ast_nodes,
        max_depth: ast_depth,
        node_types: ast_types,
        cyclomatic: ts_cyclomatic,
      };
      return { values: { language, ...tree, ...outcome.tokens } };
    });
    if (!opened.ok) return opened;
    return { ok: true, instrument: { ...opened.instrument, relative: scores.relative } };
  },
};
