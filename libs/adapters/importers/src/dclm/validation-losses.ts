import type { FactCatalogue } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import { listIn, objectIn, textIn } from '../files/untyped-values.ts';
import { modelId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';

type Metrics = FactCatalogue['training.metrics.recorded'];
type LossPoint = { readonly key: string; readonly value: number };

const MEASURED = [
  'loss',
  'loss_sequences_lower_95',
  'loss_sequences_upper_95',
  'loss_tokens_lower_95',
  'loss_tokens_upper_95',
  'sequences',
  'tokens',
  'train_tokens',
];

/** So many points fit into one event even with the longest names. */
const MAX_POINTS = 1000;

/** Losses on validation sets with their 95 % bounds by sequence and by token. The store has no steps for them. */
export function validationLosses({ members, uuid }: DclmRecord): Metrics[] {
  const points = (listIn(members['results']) ?? []).flatMap(pointsOf);
  const chunks = Math.ceil(points.length / MAX_POINTS);
  return Array.from({ length: chunks }, (_value, chunk) => chunk * MAX_POINTS).flatMap((from) =>
    metricsOf(uuid, points.slice(from, from + MAX_POINTS)),
  );
}

function metricsOf(uuid: string, [first, ...rest]: readonly LossPoint[]): Metrics[] {
  if (!first) return [];
  const nulls = (): [null, ...null[]] => [null, ...rest.map(() => null)];
  return [
    {
      runId: modelId(uuid),
      attempt: 1,
      keys: [first.key, ...rest.map(({ key }) => key)],
      steps: nulls(),
      times: nulls(),
      values: [first.value, ...rest.map(({ value }) => value)],
      method: 'reported',
    },
  ];
}

function pointsOf(row: unknown): LossPoint[] {
  const members = objectIn(row) ?? {};
  const prefix = `validation/${validationSet(members['val_data'])}`.slice(0, 400);
  return MEASURED.flatMap((measure) => {
    const value = valueIn(members, measure);
    if (typeof value !== 'number' || !Number.isFinite(value)) return [];
    return [{ key: `${prefix}/${measure}`, value }];
  });
}

/** The last folder and name of the first file. The directories above it differ between machines. */
function validationSet(value: unknown): string {
  const first = textIn(value) ?? textIn(listIn(value)?.[0]);
  const parts = (first ?? '').split('/').filter((part) => part !== '');
  return parts.slice(-2).join('/') || 'unknown';
}
