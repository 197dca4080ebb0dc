/** Points and weights of a rule on (-1, 1). */
export type Quadrature = { readonly points: Float64Array; readonly weights: Float64Array };

const STEPS = 100;

/** P_n and its derivative at x, by the recurrence of Legendre polynomials. */
function legendre(order: number, x: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [1, x];
  for (let n = 2; n <= order; n++)
    [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, slope: (order * (x * value - before)) / (x * x - 1) };
}

/** Gauss–Legendre rule with `order` points, exact for polynomials up to degree 2 order - 1; points by Newton's method. */
export function gaussLegendre(order: number): Quadrature {
  const points = Float64Array.from({ length: order }, (_, index) => {
    let x = Math.cos((Math.PI * (index + 0.75)) / (order + 0.5));
    for (let step = 0; step < STEPS; step++) {
      const { value, slope } = legendre(order, x);
      x -= value / slope;
      if (Math.abs(value / slope) < 1e-15) break;
    }
    return x;
  });
  const weights = points.map((x) => 2 / ((1 - x * x) * legendre(order, x).slope ** 2));
  return { points, weights };
}
