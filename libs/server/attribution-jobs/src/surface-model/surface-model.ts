import { SURFACE, surfaceOfOutcome } from '@tributary/attribution';
import type { PredictionRequest } from '@tributary/attribution';
import { encodeModel } from '@tributary/onnx';
import { surfaceGraph } from './surface-graph.ts';

/** What of a file a reader needs who has nothing else. */
export type SurfaceOrigin = { readonly experiment: string; readonly asOf: readonly number[] };

const SUPPORT =
  'Holds for mixtures within the convex hull of the trained ones. outside is a lower bound of the distance to it, in shares: above zero a mixture is outside, and zero does not prove that it is inside.';

/**
 * The surface that an outcome is predicted by, as an ONNX model in double precision; undefined where none can be fitted. Equal
 * requests give equal bytes.
 */
export function surfaceModel(request: PredictionRequest, origin: SurfaceOrigin): Uint8Array | undefined {
  const surface = surfaceOfOutcome(request);
  if (!surface) return undefined;
  const { training, level = 0.95, randomSeed } = request;
  const metadata = {
    input:
      'shares: one row a mixture, one column a slice in the order of slices; rows are divided by their sum',
    output: `mean, bounds of the ${100 * level} % predictive interval and standard deviation of a new run, noise included`,
    support: SUPPORT,
    slices: JSON.stringify(surface.components),
    capability: training.capability,
    unit: training.unit,
    level: String(level),
    experiment: origin.experiment,
    as_of: JSON.stringify(origin.asOf),
    estimator: SURFACE.id,
    estimator_version: SURFACE.version,
    runs: String(surface.runs),
    mixtures: String(surface.corners.length),
    random_seed: String(randomSeed),
  };
  return encodeModel({ ...surfaceGraph(surface, level), metadata });
}
