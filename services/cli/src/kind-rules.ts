import type { Importer, KindRule } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';

/** `--as KIND` decides about everything, `--as PATH=KIND` about a file or what is below a folder. */
export function kindRules(told: readonly string[], importers: readonly Importer[]): KindRule[] {
  const kinds = importers.map(({ kind }) => kind);
  return told.map((text) => {
    const at = text.lastIndexOf('=');
    const rule = { path: text.slice(0, Math.max(at, 0)), kind: text.slice(at + 1) };
    if (kinds.includes(rule.kind)) return rule;
    const detail = `There is no importer ${rule.kind}; there are: ${kinds.join(', ')}.`;
    throw new Exit(EXIT.failed, detail, 'kind_unknown');
  });
}
