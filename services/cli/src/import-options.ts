import type { Assignment, Importer, ImportRequest, KindRule } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';

const SEED = /\bseed\s*[:=]?\s*([\w.-]+)/i;

export type RequestOptions = {
  readonly name?: string;
  readonly assignment?: Assignment;
  readonly randomisation?: string;
};

/** What only the caller can know. A randomisation needs its record, because it could not be checked without. */
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

/** `--as KIND` decides about everything, `--as PATH=KIND` about a file or the files of a folder. */
export function kindRules(given: readonly string[], importers: readonly Importer[]): KindRule[] {
  const kinds = importers.map(({ kind }) => kind);
  return given.map((text) => {
    const at = text.lastIndexOf('=');
    const rule = { path: text.slice(0, Math.max(at, 0)), kind: text.slice(at + 1) };
    if (kinds.includes(rule.kind)) return rule;
    const detail = `There is no importer ${rule.kind}; there are: ${kinds.join(', ')}.`;
    throw new Exit(EXIT.failed, detail, 'kind_unknown');
  });
}
