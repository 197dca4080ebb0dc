import type { PortableSurface } from '@tributary/attribution';
import type { GraphBuilder } from '@tributary/onnx';

/**
 * A lower bound of the distance to the hull of the trained mixtures, in shares, [mixtures, 1]: how far a mixture lies beyond
 * all of them in any of a few directions, those of the slices and those from the mean of the mixtures to each of them. Above
 * zero it proves that a mixture is outside; zero does not prove that it is inside. What rounding alone makes is zero.
 */
export function supportOf(
  graph: GraphBuilder,
  { corners, components }: PortableSurface,
  closed: string,
): string {
  const directions = directionsOf(corners, components.length);
  const bounds = directions.map((direction) =>
    corners.reduce((most, corner) => Math.max(most, product(direction, corner)), -Infinity),
  );
  const matrix = new Float64Array(components.length * directions.length);
  for (const [column, direction] of directions.entries())
    for (const [row, value] of direction.entries()) matrix[row * directions.length + column] = value;
  graph.constant('directions', [components.length, directions.length], matrix);
  graph.constant(
    'bounds',
    [1, directions.length],
    Float64Array.from(bounds, (bound) => bound + ROUNDING),
  );
  const beyond = graph.apply('Sub', [graph.apply('MatMul', [closed, 'directions']), 'bounds']);
  const most = graph.apply('ReduceMax', [beyond], { axes: [1] });
  return graph.apply('Max', [most, 'zero']);
}

/** Shares that add up to one but for rounding lie so far beyond themselves, at most. */
const ROUNDING = 1e-9;

/** Of length one. */
function directionsOf(corners: readonly Float64Array[], slices: number): Float64Array[] {
  const axes = Array.from({ length: 2 * slices }, (_, at) => {
    const direction = new Float64Array(slices);
    direction[at >> 1] = at % 2 === 0 ? 1 : -1;
    return direction;
  });
  const centre = new Float64Array(slices);
  for (const corner of corners)
    for (const [at, share] of corner.entries()) centre[at]! += share / corners.length;
  const outward = corners.flatMap((corner) => {
    const direction = corner.map((share, at) => share - centre[at]!);
    const length = Math.sqrt(product(direction, direction));
    return length > 1e-9 ? [direction.map((value) => value / length)] : [];
  });
  return [...axes, ...outward];
}

const product = (left: Float64Array, right: Float64Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);
