import { AttributionModule, attributor, openEstimators } from '@tributary/attribution-jobs';
import { connectServer } from '@tributary/clickhouse';
import { faultText } from '@tributary/http';
import { ping, requireSchema } from '@tributary/lifecycle';
import type { Opened } from '@tributary/lifecycle';
import type { AttributionConfig } from './config.ts';

/** Estimators with the tables behind them: one process for the work that takes long. */
export async function openAttribution({ clickhouse }: AttributionConfig): Promise<Opened> {
  const engine = await connectServer(clickhouse);
  try {
    await requireSchema(engine.reader);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const estimators = openEstimators();
  return {
    health: {
      conditions: () =>
        ping(engine.reader).then(
          () => [],
          (fault: unknown) => [
            { code: 'clickhouse_unavailable', detail: `ClickHouse does not answer: ${faultText(fault)}` },
          ],
        ),
      ready: () => ({}),
    },
    module: (health) => AttributionModule.with(attributor(engine.reader, estimators), health),
    close: async () => {
      await estimators.close();
      await engine.close();
    },
  };
}
