import { AttributionModule, attributor, openEstimators } from '@tributary/attribution-jobs';
import { connectServer } from '@tributary/clickhouse';
import { conditionsOf, openResources, requireSchema } from '@tributary/lifecycle';
import type { Opened } from '@tributary/lifecycle';
import type { AttributionConfig } from './config.ts';

/** Opens the estimators over the tables, in a process of their own because they may compute for minutes. */
export const openAttribution = ({ clickhouse }: AttributionConfig): Promise<Opened> =>
  openResources(async (resources) => {
    const engine = resources.add(await connectServer(clickhouse));
    await requireSchema(engine.reader);
    const estimators = resources.add(openEstimators());
    return {
      health: { conditions: conditionsOf({ engine }), ready: () => ({}) },
      module: (health) => AttributionModule.with(attributor(engine.reader, estimators), health),
    };
  });
