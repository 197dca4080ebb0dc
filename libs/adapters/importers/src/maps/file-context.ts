import type { FactCollector } from '../facts/fact-collector.ts';
import type { Origin } from '../facts/imported-event.ts';
import { spanOf } from '../run-history/point.ts';
import type { PointSource } from '../run-history/point.ts';
import type { FileMap } from './map.ts';
import type { FileRefusals } from './refusals.ts';
import type { RowValues } from './row-values.ts';
import type { Row } from './rows/row.ts';

/** What the readers of a row share. */
export type FileContext = {
  readonly map: FileMap;
  readonly values: RowValues;
  readonly collector: FactCollector;
  readonly refusals: FileRefusals;
  readonly path: string;
  readonly sha256: string;
  readonly unit: 'line' | 'row';
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
