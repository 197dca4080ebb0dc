import type { CheckpointRow } from './checkpoint-table.ts';

/** Whether a checkpoint is an average of others, recognised by its stage, its ingredient or its address. */
export const isSoup = ({ stage = '', ingredient = '', checkpointId }: CheckpointRow): boolean =>
  /soup/i.test(stage) || /soup/i.test(ingredient) || /\/soup(ed)?\//i.test(checkpointId);

const INGREDIENTS = /ingredient(?<ingredients>\d+(?:\+\d+)+)-step(?<step>\d+)/;
const STEPS = /step(?<steps>\d+(?:\+\d+)+)/;

/**
 * The averaged checkpoints, if the address names them: `ingredient1+2-step23842` or `step11921+11000+10000`. Otherwise
 * empty.
 */
export function soupParents(soup: CheckpointRow, rows: readonly CheckpointRow[]): string[] {
  const plain = rows.filter((row) => !isSoup(row) && sameStage(row, soup));
  const { ingredients, step } = INGREDIENTS.exec(soup.checkpointId)?.groups ?? {};
  if (ingredients !== undefined) {
    return ingredients.split('+').flatMap((ingredient) => {
      const row = plain.find((each) => each.step === Number(step) && ingredientOf(each) === ingredient);
      return row ? [row.checkpointId] : [];
    });
  }
  const steps = STEPS.exec(soup.checkpointId)?.groups?.['steps']?.split('+') ?? [];
  return steps.flatMap((each) => plain.find((row) => row.step === Number(each))?.checkpointId ?? []);
}

const sameStage = (row: CheckpointRow, soup: CheckpointRow): boolean => {
  const number = (stage = '') => /^stage(\d+)/.exec(stage)?.[1];
  return number(row.stage) === number(soup.stage);
};

const ingredientOf = ({ ingredient, stage = '' }: CheckpointRow): string | undefined =>
  ingredient ?? /ingredient(\d+)/.exec(stage)?.[1];
