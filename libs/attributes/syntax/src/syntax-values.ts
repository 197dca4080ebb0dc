import type { NodeCounts } from './count-nodes.ts';
import type { Language } from './grammar.ts';

/** Syntax of the code of a document. `ts_` distinguishes what the reference of CIRS counts in another way. */
export type SyntaxValues = {
  readonly language: Language;
  readonly ast_nodes: number;
  readonly ast_depth: number;
  readonly ast_types: number;
  readonly error_ratio: number;
  readonly comment_ratio: number;
  readonly executable_code_density: number;
  readonly ts_halstead_difficulty: number;
  readonly ts_halstead_volume: number;
  readonly ts_cyclomatic: number;
};

/** Halstead (1977): difficulty n1 / 2 · N2 / n2, volume (N1 + N2) log2 (n1 + n2). `length` is that of the document. */
export function syntaxValues(
  counts: NodeCounts,
  language: Language,
  code: string,
  length: number,
): SyntaxValues {
  const { operators, operands } = counts;
  const [n1, n2] = [operators.distinct.size, operands.distinct.size];
  return {
    language,
    ast_nodes: counts.nodes,
    ast_depth: counts.depth,
    ast_types: counts.types.size,
    error_ratio: counts.errors / Math.max(1, counts.nodes),
    comment_ratio: code.length === 0 ? 0 : counts.commentLength / code.length,
    executable_code_density: length === 0 ? 0 : counts.tokenLength / length,
    ts_halstead_difficulty: n2 === 0 ? 0 : (n1 / 2) * (operands.total / n2),
    ts_halstead_volume: n1 + n2 === 0 ? 0 : (operators.total + operands.total) * Math.log2(n1 + n2),
    ts_cyclomatic: 1 + counts.decisions,
  };
}
