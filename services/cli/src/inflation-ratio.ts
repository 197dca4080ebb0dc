import { INFLATION_RATIO, INFLATION_VARIABLE } from '@tributary/importers';
import type { CommonOptions } from './context.ts';

/**
 * How many times its bytes a file of gzip may hold that a command imports: TRIBUTARY_IMPORT_INFLATION_RATIO. Throws Fault
 * `configuration`.
 */
export async function inflationRatioOf({ environment }: Pick<CommonOptions, 'environment'>): Promise<number> {
  const { importInflationRatio, group, readSettings } = await import('@tributary/configuration');
  const standard = String(INFLATION_RATIO);
  const settings = group({ ratio: importInflationRatio(INFLATION_VARIABLE, standard) });
  return readSettings(settings, environment).ratio;
}
