/**
 * What the Python syntax tree and the text of a program are counted into. Names are those of the published scores:
 * `n1` distinct operators, `N2` operands, `n2` distinct operands.
 */
export type CodeFeatures = {
  readonly node_count: number;
  readonly max_depth: number;
  readonly node_types: number;
  readonly n1: number;
  readonly N2: number;
  readonly n2: number;
  readonly cyclomatic: number;
};

/** Halstead's difficulty (n1 / 2) (N2 / n2); 0 for a program without operands. */
export const halsteadDifficulty = ({ n1, N2, n2 }: Pick<CodeFeatures, 'n1' | 'N2' | 'n2'>): number =>
  n2 === 0 ? 0 : (n1 / 2) * (N2 / n2);

/** The logic of a program before it is normalised: Halstead's difficulty times cyclomatic complexity. */
export const logicOf = (features: CodeFeatures): number => halsteadDifficulty(features) * features.cyclomatic;
