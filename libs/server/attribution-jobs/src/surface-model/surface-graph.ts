import { studentRule } from '@tributary/attribution';
import type { PortableDraw, PortableSurface } from '@tributary/attribution';
import { GraphBuilder } from '@tributary/onnx';
import type { Graph } from '@tributary/onnx';
import { quantileOf } from './quantile.ts';
import { supportOf } from './support.ts';

/** Outputs, one number for each mixture. */
export const OUTPUTS = ['mean', 'low', 'high', 'standard_deviation', 'outside'] as const;

/** Axes of what is computed in between: draws, mixtures, runs or slices. */
const DRAWS = 0;

/**
 * The predictive distribution of a new run as a graph in double precision, from `shares` [mixtures, slices], which are divided
 * by their sum. It does what `newRunOf` and `newRunInterval` do, for all draws at once.
 */
export function surfaceGraph(surface: PortableSurface, level: number): Omit<Graph, 'metadata'> {
  const graph = new GraphBuilder();
  const slices = surface.components.length;
  graph.constant('slice_ones', [slices, 1], new Float64Array(slices).fill(1));
  const total = graph.apply('MatMul', ['shares', 'slice_ones']);
  const closed = graph.apply('Div', ['shares', total]);
  const { means, squares } = newRun(graph, surface, closed);

  const centre = graph.mean(means, [DRAWS], false);
  const deviation = deviationOf(graph, surface, { means, squares, centre });
  const [low, high] = boundsOf(graph, surface, level, { means, squares, centre, deviation });
  for (const [name, result] of [
    ['mean', centre],
    ['low', low],
    ['high', high],
    ['standard_deviation', deviation],
    ['outside', supportOf(graph, surface, closed)],
  ] as const)
    graph.output(name, graph.mean(result, [1], false));

  return {
    name: 'response_surface',
    inputs: [{ name: 'shares', type: 'float64', dims: ['mixtures', slices] }],
    outputs: OUTPUTS.map((name) => ({ name, type: 'float64', dims: ['mixtures'] })),
    constants: graph.constants,
    nodes: graph.nodes,
  };
}

type Distribution = {
  /** [draws, mixtures, 1] */
  readonly means: string;
  readonly squares: string;
  /** [mixtures, 1] */
  readonly centre: string;
  readonly deviation: string;
};

/** Bounds of the interval, [mixtures, 1] each: as far from the mean as left-out mixtures need, else quantiles. */
function boundsOf(
  graph: GraphBuilder,
  { reach, degreesOfFreedom }: PortableSurface,
  level: number,
  { means, squares, centre, deviation }: Distribution,
): readonly [string, string] {
  if (reach === undefined) {
    const scales = graph.apply('Sqrt', [squares]);
    const bound = quantileOf(graph, studentRule(degreesOfFreedom), { means, scales, centre, deviation });
    return [bound((1 - level) / 2), bound((1 + level) / 2)];
  }
  graph.constant('reach', [], Float64Array.of(reach));
  const half = graph.apply('Mul', [deviation, 'reach']);
  return [graph.apply('Sub', [centre, half]), graph.apply('Add', [centre, half])];
}

/** Constants that have a number or a matrix for each draw, by tensors of [draws, rows, columns]. */
function constantsOf(graph: GraphBuilder, { draws }: PortableSurface) {
  const matrix = (
    name: string,
    [rows, columns]: readonly [number, number],
    of: (draw: PortableDraw) => ArrayLike<number>,
  ): string => {
    const all = new Float64Array(draws.length * rows * columns);
    for (const [index, draw] of draws.entries()) all.set(of(draw), index * rows * columns);
    return graph.constant(name, [draws.length, rows, columns], all);
  };
  const number = (name: string, of: (draw: PortableDraw) => number): string =>
    matrix(name, [1, 1], (draw) => [of(draw)]);
  return { matrix, number };
}

/** Mean and squared scale of the t of each draw, both [draws, mixtures, 1]. */
function newRun(graph: GraphBuilder, surface: PortableSurface, closed: string) {
  const { runs, degreesOfFreedom, centre } = surface;
  const each = constantsOf(graph, surface);
  graph.constant('one', [], Float64Array.of(1));
  graph.constant('run_ones', [runs, 1], new Float64Array(runs).fill(1));
  const { covariances, own } = covariancesOf(graph, surface, closed);
  const residual = each.matrix('residual', [runs, 1], (draw) => draw.residual);
  const level = each.number('level', (draw) => centre + draw.mean);
  const means = graph.apply('Add', [graph.apply('MatMul', [covariances, residual]), level]);

  const whitening = each.matrix('whitening', [runs, runs], (draw) => draw.whitening);
  const explained = sumOfSquares(graph, graph.apply('MatMul', [covariances, whitening]), 'run_ones');
  const ones = each.matrix('ones', [runs, 1], (draw) => draw.ones);
  const gap = graph.apply('Sub', ['one', graph.apply('MatMul', [covariances, ones])]);
  const precision = each.number('precision', (draw) => draw.precision);
  const unknownMean = graph.apply('Div', [graph.apply('Mul', [gap, gap]), precision]);
  const prior = graph.apply('Add', [own, 'one']);
  const left = graph.apply('Add', [graph.apply('Sub', [prior, explained]), unknownMean]);
  const noise = each.number('noise', (draw) => draw.squares / degreesOfFreedom);
  return { means, squares: graph.apply('Mul', [graph.apply('Max', [left, 'one']), noise]) };
}

/** Covariances of each mixture with the runs, [draws, mixtures, runs], and with itself, [draws, mixtures, 1]. */
function covariancesOf(graph: GraphBuilder, surface: PortableSurface, closed: string) {
  const { runs, components } = surface;
  const slices = components.length;
  const each = constantsOf(graph, surface);
  const perSlice = (name: string, row: (draw: PortableDraw) => Float64Array) =>
    each.matrix(name, [1, slices], row);
  graph.constant('zero', [], new Float64Array(1));
  const epsilon = each.number('epsilon', (draw) => draw.epsilon);
  const logs = graph.apply('Log', [graph.apply('Add', [graph.apply('Max', [closed, 'zero']), epsilon])]);
  const centred = graph.apply('Sub', [logs, perSlice('centre', (draw) => draw.centre)]);
  const standard = graph.apply('Div', [centred, perSlice('spread', (draw) => draw.spread)]);
  const scaled = graph.apply('Div', [standard, perSlice('lengths', (draw) => draw.lengths)]);
  const trend = graph.apply('Mul', [standard, perSlice('slopes', (draw) => draw.slopes)]);

  const columns = [slices, runs] as const;
  const runsScaled = each.matrix('scaled', columns, (draw) => transposed(draw.scaled, slices));
  const runsTrend = each.matrix('trend', columns, (draw) => transposed(draw.trend, slices));
  const sizes = each.matrix('sizes', [1, runs], (draw) => squaresOfRows(draw.scaled, slices));
  const variance = each.number('variance', (draw) => draw.variance);
  graph.constant('minus_half', [], Float64Array.of(-0.5));
  const both = graph.apply('Add', [sumOfSquares(graph, scaled, 'slice_ones'), sizes]);
  const halves = graph.apply('Mul', [both, 'minus_half']);
  const exponent = graph.apply('Add', [halves, graph.apply('MatMul', [scaled, runsScaled])]);
  const smooth = graph.apply('Mul', [graph.apply('Exp', [exponent]), variance]);
  return {
    covariances: graph.apply('Add', [smooth, graph.apply('MatMul', [trend, runsTrend])]),
    own: graph.apply('Add', [sumOfSquares(graph, trend, 'slice_ones'), variance]),
  };
}

/** Over the last axis, which keeps the length one; `ones` is a column of as many ones. */
const sumOfSquares = (graph: GraphBuilder, input: string, ones: string): string =>
  graph.apply('MatMul', [graph.apply('Mul', [input, input]), ones]);

/** Standard deviation of the mixture of the draws, [mixtures, 1], as `standardDeviation` has it. */
function deviationOf(
  graph: GraphBuilder,
  { draws, degreesOfFreedom }: PortableSurface,
  { means, squares, centre }: { readonly means: string; readonly squares: string; readonly centre: string },
): string {
  const count = draws.length;
  graph.constant('within', [], Float64Array.of(degreesOfFreedom / (degreesOfFreedom - 2)));
  graph.constant('between', [], Float64Array.of(count > 1 ? (count + 1) / (count - 1) : 0));
  const gap = graph.apply('Sub', [means, centre]);
  const spread = graph.mean(graph.apply('Mul', [gap, gap]), [DRAWS], false);
  const noise = graph.mean(squares, [DRAWS], false);
  const sum = [graph.apply('Mul', [noise, 'within']), graph.apply('Mul', [spread, 'between'])];
  return graph.apply('Sqrt', [graph.apply('Add', sum)]);
}

function transposed(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns;
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}

function squaresOfRows(matrix: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(matrix.length / columns);
  for (const [at, value] of matrix.entries()) sums[Math.floor(at / columns)]! += value * value;
  return sums;
}
