import { fileStem } from '../naming.ts';
import type { CheckpointRow, CheckpointTable } from './checkpoint-table.ts';
import type { RunConfig } from './run-config.ts';

/** The run of a stage and ingredient in a list of checkpoints. */
export type CheckpointRun = {
  readonly runId: string;
  readonly name: string;
  /** The configuration of the run; undefined if only the list is known. */
  readonly config: RunConfig | undefined;
  readonly tokensPerStep: number | undefined;
};

/** The size and the stage in a name, such as 13B and 2 in `OLMo-2-1124-13B-stage2`. The default is stage 1. */
function sizeAndStage(name: string): string | undefined {
  const size = /(?:^|[-_])(?:\w*?)(\d+(?:\.\d+)?[BM])(?=[-_.]|$)/i.exec(name)?.[1]?.toUpperCase();
  return size === undefined ? undefined : `${size} ${/stage[-_]?(\d+)/i.exec(name)?.[1] ?? '1'}`;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The configurations in the folder of the list whose names have the same size and stage. */
export function siblingConfigs({ table }: CheckpointTable, configs: readonly RunConfig[]): RunConfig[] {
  const wanted = sizeAndStage(fileStem(table.path));
  if (wanted === undefined || table.columns.some((column) => /^stage$/i.test(column))) return [];
  return configs.filter(
    ({ name, file }) => folderOf(file.path) === folderOf(table.path) && sizeAndStage(name) === wanted,
  );
}

/**
 * The run of a row. A single configuration is the run of the list. Several configurations only yield the tokens of a
 * step, if they agree.
 */
export function checkpointRun(
  list: CheckpointTable,
  row: CheckpointRow,
  siblings: readonly RunConfig[],
): CheckpointRun {
  const sizes = new Set(siblings.map(({ tokensPerStep }) => tokensPerStep));
  const tokensPerStep = sizes.size === 1 ? siblings[0]?.tokensPerStep : undefined;
  const only = siblings.length === 1 && row.ingredient === undefined ? siblings[0] : undefined;
  if (only) return { runId: only.runId, name: only.name, config: only, tokensPerStep };
  const ingredient = row.ingredient === undefined ? undefined : `ingredient-${row.ingredient}`;
  const name = [list.label, row.stage, ingredient].filter((part) => part !== undefined).join('/');
  return { runId: `urn:olmo:run:${name}`.slice(0, 256), name, config: undefined, tokensPerStep };
}
