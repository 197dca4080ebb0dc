import type { SourceFile } from '../files/folder.ts';
import { pointerTo } from '../files/untyped-values.ts';
import type { FactCollector } from './fact-collector.ts';

/** Characters of the longest pointer: a limit of the depth, too. */
const MAX_POINTER = 1000;

/**
 * Whether a configuration is a template, which is named in the report: it has a member that its user has to fill in, as
 * OmegaConf marks it.
 */
export function isTemplate(file: SourceFile, config: unknown, collector: FactCollector): boolean {
  const pointer = openMember(config, '', new Set());
  if (pointer !== undefined) reportTemplate(`${file.path} ${pointer}`, '???', collector);
  return pointer !== undefined;
}

/** The pointer of the first open member. `seen` is what was looked at, since anchors of YAML repeat objects and may be circular. */
function openMember(value: unknown, pointer: string, seen: Set<object>): string | undefined {
  if (value === '???') return pointer;
  if (typeof value !== 'object' || value === null || seen.has(value)) return undefined;
  if (pointer.length > MAX_POINTER) return undefined;
  seen.add(value);
  for (const [key, member] of Object.entries(value)) {
    const found = openMember(member, `${pointer}${pointerTo(key)}`, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names a template in the report. `where` is its file, with a pointer where one is known. */
export const reportTemplate = (where: string, placeholder: string, { findings }: FactCollector): void =>
  findings.warn('template_left_out', `${where}: ${placeholder} is a placeholder; no fact was made of it`);
