import { ledgerProjection } from '@tributary/attribution';
import { auditProjection } from '@tributary/audit';
import type { Projection } from '@tributary/contracts';
import { corpusProjection } from '@tributary/corpus';
import { evaluationProjection } from '@tributary/evaluation';
import { influenceProjection } from '@tributary/influence';
import { lineageProjection } from '@tributary/lineage';
import { mixtureProjection } from '@tributary/mixture';
import { correctionProjection, importProjection } from '@tributary/projection';
import { routingProjection } from '@tributary/routing';
import { trackerProjection, trainingProjection } from '@tributary/training';

/** The projections of all contexts. */
export const projections: readonly Projection[] = [
  corpusProjection,
  mixtureProjection,
  trainingProjection,
  trackerProjection,
  evaluationProjection,
  routingProjection,
  influenceProjection,
  ledgerProjection,
  auditProjection,
  lineageProjection,
  correctionProjection,
  importProjection,
];
