import { finiteOnly, madeEvent, nonfiniteIn } from '@tributary/capture';
import type { FactCatalogue } from '@tributary/contracts';
import type { NewEvent } from '@tributary/event-log';
import { groupBy } from '@tributary/kernel';
import type { MeasuredPoint, PointsOfResource } from '../decoding/points.ts';
import type { PointOfResource } from './refused-request.ts';
import { isTrainer, runOfResource, startedFact } from './run.ts';
import { OTLP_SOURCE } from './training-spans.ts';

const MAX_POINTS = 10_000;

export const MAX_POINT_NAME = 250;

export type Measured = {
  readonly events: readonly NewEvent[];
  /** Points of a resource that names no run. */
  readonly ignored: number;
  /** Points of a run without a name, or with one beyond MAX_POINT_NAME characters. */
  readonly unnamed: readonly PointOfResource[];
};

/** Facts for gauges, counters and histograms. They state a time and no step. */
export function gaugeEvents(exported: readonly PointsOfResource[]): Measured {
  const events: NewEvent[] = [];
  const unnamed: PointOfResource[] = [];
  let ignored = 0;
  for (const { resource, points } of exported) {
    const run = runOfResource(resource);
    if (!run) ignored += points.length;
    if (!run || points.length === 0) continue;
    const kept = points.filter(isNamed);
    for (const point of points) if (!isNamed(point)) unnamed.push({ resource, point });
    if (isTrainer(resource))
      events.push(madeEvent(OTLP_SOURCE, [run.runId, run.attempt, 'started'], startedFact(run, resource)));
    for (let from = 0; from < kept.length; from += MAX_POINTS)
      events.push(metricsEvent(run.runId, kept.slice(from, from + MAX_POINTS)));
  }
  const distinct = [...groupBy(events, ({ id }) => id).values()].flatMap(([first]) => first ?? []);
  return { events: distinct, ignored, unnamed };
}

const isNamed = ({ name }: MeasuredPoint): boolean => name !== '' && name.length <= MAX_POINT_NAME;

function metricsEvent(runId: string, points: readonly MeasuredPoint[]): NewEvent {
  const values = points.map(({ value }) => value);
  const nonfinite = nonfiniteIn(values);
  const data: FactCatalogue['training.metrics.recorded'] = {
    runId,
    keys: points.map(keyOf),
    steps: points.map(() => null),
    times: points.map(({ time }) => (time > 0 ? time : null)),
    values: finiteOnly(values),
    ...(nonfinite.length > 0 ? { nonfinite } : {}),
    method: 'measured',
  };
  return madeEvent(OTLP_SOURCE, [runId, 'metrics', data], { type: 'training.metrics.recorded', data });
}

/** Points of one name that differ in attributes, such as a rank, are series of their own. */
function keyOf({ name, attributes }: MeasuredPoint): string {
  if (attributes.size === 0) return name;
  const parts = [...attributes].map(([key, value]) => `${key}=${String(value)}`).toSorted();
  return `${name}{${parts.join(',')}}`.slice(0, 512).toWellFormed();
}
