import type { Assignment, ImportRequest } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';

const SEED = /\bseed\s*[:=]?\s*([\w.-]+)/i;

export type RequestOptions = {
  readonly name?: string;
  readonly assignment?: Assignment;
  readonly randomisation?: string;
};

/** What only the caller can know. A randomisation without its record could not be checked, so it is not taken. */
export function importRequest({ name, assignment, randomisation }: RequestOptions): ImportRequest {
  const named = name === undefined ? {} : { name };
  if (assignment !== 'randomised') {
    if (randomisation === undefined) return { ...named, ...(assignment && { assignment }) };
    throw new Exit(EXIT.usage, '--randomisation goes with --assignment randomised');
  }
  const seed = SEED.exec(randomisation ?? '')?.[1];
  if (randomisation === undefined || seed === undefined) {
    throw new Exit(
      EXIT.usage,
      "--assignment randomised needs the record that makes it checkable: --randomisation 'Dirichlet over 17 domains; seed 42'",
    );
  }
  return { ...named, assignment, randomisation: { method: randomisation, seed } };
}
