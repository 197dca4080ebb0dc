import type { studentRule } from '@tributary/attribution';
import type { GraphBuilder } from '@tributary/onnx';

/** Halvings of the bracket, which leave less than a millionth of a millionth of it. */
const HALVINGS = 40;

type Mixture = {
  /** [draws, mixtures, 1] */
  readonly means: string;
  readonly scales: string;
  /** [mixtures, 1] */
  readonly centre: string;
  readonly deviation: string;
};

/**
 * Quantiles of the equal mixture of the t's of all draws, [mixtures, 1] each, by halving a bracket. The graph has the same
 * nodes for each halving: loops would need nested graphs. The bracket is that of Cantelli's inequality.
 */
export function quantileOf(
  graph: GraphBuilder,
  { degreesOfFreedom, power, squares, weights }: ReturnType<typeof studentRule>,
  { means, scales, centre, deviation }: Mixture,
): (probability: number) => string {
  graph.constant('half', [], Float64Array.of(0.5));
  graph.constant('degrees', [], Float64Array.of(degreesOfFreedom));
  graph.constant('power', [], Float64Array.of(power));
  graph.constant('rule_squares', [squares.length], squares);
  graph.constant('rule_weights', [weights.length, 1], weights);

  /** Probability below a value, less one half. */
  const below = (value: string): string => {
    const t = graph.apply('Div', [graph.apply('Sub', [value, means]), scales]);
    const length = graph.apply('Sqrt', [graph.apply('Add', [graph.apply('Mul', [t, t]), 'degrees'])]);
    const w = graph.apply('Div', [t, length]);
    const products = graph.apply('Mul', [graph.apply('Mul', [w, w]), 'rule_squares']);
    const terms = graph.apply('Pow', [graph.apply('Sub', ['one', products]), 'power']);
    const integral = graph.apply('Mul', [w, graph.apply('MatMul', [terms, 'rule_weights'])]);
    return graph.mean(integral, [0], false);
  };

  return (probability) => {
    const tail = Math.min(probability, 1 - probability);
    const name = `reach_${probability}`;
    graph.constant(name, [], Float64Array.of(Math.sqrt((1 - tail) / tail)));
    graph.constant(`target_${probability}`, [], Float64Array.of(probability - 0.5));
    const reach = graph.apply('Mul', [deviation, name]);
    let low = graph.apply('Sub', [centre, reach]);
    let high = graph.apply('Add', [centre, reach]);
    const middleOf = () => graph.apply('Mul', [graph.apply('Add', [low, high]), 'half']);
    for (let step = 0; step < HALVINGS; step++) {
      const middle = middleOf();
      const isAbove = graph.apply('Greater', [below(middle), `target_${probability}`]);
      high = graph.apply('Where', [isAbove, middle, high]);
      low = graph.apply('Where', [isAbove, low, middle]);
    }
    return middleOf();
  };
}
