import { createHash } from 'node:crypto';
import type { PredictionRequest } from '@tributary/attribution';
import type { Estimators } from '../estimators/pool.ts';
import type { JobRefusal } from '../attributor.ts';
import type { SurfaceOrigin } from './surface-model.ts';

/** A model in base64, which every process can pass on, with the SHA-256 of its bytes. */
export type ExportedSurface = { readonly outcome: string; readonly sha256: string; readonly bytes: string };

/** The surface of one outcome. Refuses an outcome without runs to fit (`unknown_capability`) and one without a fit (`no_surface`). */
export async function exportedSurface(
  estimators: Pick<Estimators, 'model'>,
  requests: readonly PredictionRequest[],
  outcome: string,
  origin: SurfaceOrigin,
): Promise<ExportedSurface | JobRefusal> {
  const request = requests.find(({ training }) => training.capability === outcome);
  if (!request) {
    const known = requests.map(({ training }) => training.capability).join(', ');
    const text = `No surface predicts ${outcome} in ${origin.experiment}; ${known === '' ? 'it has none' : `there are those of ${known}`}.`;
    return { ok: false, refusal: 'unknown_capability', text };
  }
  const model = await estimators.model(request, origin);
  if (model) {
    const bytes = Buffer.from(model);
    return {
      outcome,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.toString('base64'),
    };
  }
  const { components, mixtures } = request.training;
  const text = `No surface can be fitted to ${outcome}: it has runs of ${new Set(mixtures).size} distinct mixtures and needs ${components.length + 2}, with outcomes that vary.`;
  return { ok: false, refusal: 'no_surface', text };
}
