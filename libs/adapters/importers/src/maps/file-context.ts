import type { FactCollector } from '../facts/fact-collector.ts';
import type { Origin } from '../facts/imported-event.ts';
import { spanOf } from '../run-history/point.ts';
import type { PointSource } from '../run-history/point.ts';
import type { FileMap } from './map.ts';
import type { FileRefusals } from './refusals.ts';
import type { RowValues } from './row-values.ts';
import type { Row } from './rows/row.ts';
import type { SharedRuns } from './shared-runs.ts';

/** What the readers of a row share. */
export type FileContext = {
  readonly map: FileMap;
  readonly values: RowValues;
  readonly collector: FactCollector;
  readonly refusals: FileRefusals;
  readonly path: string;
  readonly sha256: string;
  readonly unit: 'line' | 'row';
  /** What the other files of the import say of the same runs. */
  readonly shared: SharedRuns;
  /** Whether the file holds a single metric of a run, whose other metrics are in other files. */
  readonly isOfOneMetric: boolean;
};

/** A row of an attempt of a run. The step is null where the row states none. */
export type RunRow = {
  readonly row: Row;
  readonly runId: string;
  readonly attempt: number;
  readonly step: number | null;
};

/** The origin of a fact that was read from one row. */
export const originOf = ({ sha256, unit }: FileContext, at: number): Origin => ({
  sha256,
  pointer: `${unit}:${at}`,
});

/** The source of points whose pointers are ranges of rows. */
export const pointSource = ({ sha256, unit }: FileContext): PointSource => ({
  sha256,
  pointer: spanOf(`${unit}s`),
});
