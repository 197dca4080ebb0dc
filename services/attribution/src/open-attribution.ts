import {
  AttributionModule,
  attributor,
  boundedAttributor,
  openEstimators,
} from '@tributary/attribution-jobs';
import { connectServer } from '@tributary/clickhouse';
import { boundQuestions } from '@tributary/http';
import { conditionsOf, openResources, requireSchema } from '@tributary/lifecycle';
import type { Opened, Telemetry } from '@tributary/lifecycle';
import type { AttributionConfig } from './config.ts';

/** Opens the estimators over the tables, in a process of their own because they may compute for minutes. */
export const openAttribution = (
  { clickhouse, estimateTimeout: millis, estimateHeap: heap, answering: limits }: AttributionConfig,
  { metrics }: Telemetry,
): Promise<Opened> =>
  openResources(async (resources) => {
    const { queriesWaiting } = limits;
    const engine = resources.add(await connectServer({ ...clickhouse, queriesWaiting }));
    await requireSchema(engine.reader);
    const estimators = resources.add(openEstimators({ millis, heap }));
    const { ended, running, attributions } = metrics.questions();
    const { attributor: bounded, load } = boundedAttributor(attributor(engine.reader, estimators), {
      limits,
    });
    attributions(load);
    return {
      health: { conditions: conditionsOf({ engine }), ready: () => ({}) },
      stream: (fastify) => running(boundQuestions(fastify, { isQuestion: isEstimate, limits, ended })),
      module: (health) => AttributionModule.with(bounded, health),
    };
  });

/** The routes of the attribution service, which its callers wait for. */
const isEstimate = (_method: string, path: string): boolean => path.startsWith('/v1/');
