import { groupBy } from '@tributary/kernel';
import { contentId } from '../../facts/shard-list.ts';
import { sha256Of } from '../../facts/text.ts';
import { fileStem } from '../naming.ts';
import type { CheckpointRow, CheckpointTable } from './checkpoint-table.ts';
import type { RunConfig } from './run-config.ts';

/** The run of a stage and ingredient in a list of checkpoints. */
export type CheckpointRun = {
  readonly runId: string;
  readonly name: string;
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
 * The runs of a list: one for each stage and ingredient, in the order of their first rows. A run is named after the list, and
 * told apart from that of another list of this name by the directory of its first checkpoint, so that a list that has grown
 * has the same runs. The configurations in the folder only yield the tokens of a step, if they agree.
 */
export function checkpointRuns(
  { label, rows }: CheckpointTable,
  siblings: readonly RunConfig[],
): Map<CheckpointRun, CheckpointRow[]> {
  const sizes = new Set(siblings.map(({ tokensPerStep }) => tokensPerStep));
  const tokensPerStep = sizes.size === 1 ? siblings[0]?.tokensPerStep : undefined;
  const named = groupBy(rows, (row) => nameOf(label, row));
  return new Map(
    [...named].map(([name, members]) => {
      const digest = sha256Of(members[0] ? directoryOf(members[0]) : '');
      return [{ runId: `urn:olmo:run:${contentId(name, digest)}`, name, tokensPerStep }, [...members]];
    }),
  );
}

const nameOf = (label: string, { stage, ingredient }: CheckpointRow): string =>
  [label, stage, ingredient === undefined ? undefined : `ingredient-${ingredient}`]
    .filter((part) => part !== undefined)
    .join('/');

/** The address in which a checkpoint lies. */
export const directoryOf = ({ checkpointId }: CheckpointRow): string =>
  checkpointId.slice(0, checkpointId.lastIndexOf('/'));
