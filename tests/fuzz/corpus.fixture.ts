import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inputs that were defects once, or are near one: a folder for each target, a file for each input. */
export const CORPUS = join(import.meta.dirname, 'corpus');

/** The name of the folder of a target. */
export const folderName = (target: string): string => target.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** The inputs that are kept for a target, in the order of their names. */
export function keptInputs(target: string, corpus = CORPUS): readonly Buffer[] {
  const folder = join(corpus, folderName(target));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name)));
}

/** Keeps an input that has failed, and says where: commit it with what mends the defect. */
export function keepInput(target: string, input: Buffer, corpus = CORPUS): string {
  const folder = join(corpus, folderName(target));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`);
  writeFileSync(file, input);
  return file;
}
