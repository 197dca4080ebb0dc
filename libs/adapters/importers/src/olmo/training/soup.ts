import type { CheckpointRow } from './checkpoint-table.ts';

/** Whether a checkpoint is an average of others, recognised by its stage, its ingredient or its address. */
export const isSoup = ({ stage = '', ingredient = '', checkpointId }: CheckpointRow): boolean =>
  /soup/i.test(stage) || /soup/i.test(ingredient) || /\/soup(ed)?\//i.test(checkpointId);

/** The checkpoints that are no averages, by stage and step, and by their ingredients too; of equal ones the first. */
export type PlainRows = ReadonlyMap<string, CheckpointRow>;

export function plainRows(rows: readonly CheckpointRow[]): PlainRows {
  const plain = new Map<string, CheckpointRow>();
  for (const row of rows.filter((each) => !isSoup(each)).toReversed()) {
    plain.set(keyOf(stageOf(row), row.step), row);
    const ingredient = ingredientOf(row);
    if (ingredient !== undefined) plain.set(keyOf(stageOf(row), row.step, ingredient), row);
  }
  return plain;
}

const keyOf = (...parts: readonly (string | number | undefined)[]): string => JSON.stringify(parts);

const INGREDIENTS = /ingredient(?<ingredients>\d+(?:\+\d+)+)-step(?<step>\d+)/;
const STEPS = /step(?<steps>\d+(?:\+\d+)+)/;

/**
 * The averaged checkpoints, if the address names them: `ingredient1+2-step23842` or `step11921+11000+10000`. Otherwise
 * empty.
 */
export function soupParents(soup: CheckpointRow, plain: PlainRows): string[] {
  const stage = stageOf(soup);
  const { ingredients, step } = INGREDIENTS.exec(soup.checkpointId)?.groups ?? {};
  if (ingredients !== undefined) {
    return ingredients
      .split('+')
      .flatMap((ingredient) => plain.get(keyOf(stage, Number(step), ingredient))?.checkpointId ?? []);
  }
  const steps = STEPS.exec(soup.checkpointId)?.groups?.['steps']?.split('+') ?? [];
  return steps.flatMap((each) => plain.get(keyOf(stage, Number(each)))?.checkpointId ?? []);
}

const stageOf = ({ stage = '' }: CheckpointRow): string | undefined => /^stage(\d+)/.exec(stage)?.[1];

const ingredientOf = ({ ingredient, stage = '' }: CheckpointRow): string | undefined =>
  ingredient ?? /ingredient(\d+)/.exec(stage)?.[1];
