import type { Findings } from '../facts/findings.ts';
import type { NewFact, Origin } from '../facts/imported-event.ts';
import { cut, truncateName } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { isPersonal, withoutSecrets } from './personal.ts';
import type { Keyed } from './store-layout.ts';

/** A tag or parameter with the place where it was read. */
export type Annotation = { readonly key: string; readonly value: string; readonly origin: Origin };

const LONGEST = { tag: 8000, param: 6000, 'project tag': 20_000 } as const;
type Kind = keyof typeof LONGEST;

/** What files of tags or parameters say: the name is the key, the content the value. Personal ones are left out. */
export async function annotationsIn(
  findings: Findings,
  kind: Kind,
  files: readonly Keyed[],
): Promise<Annotation[]> {
  const annotations: Annotation[] = [];
  for (const { key, file } of files) {
    // Before 1.0 a parameter ended with a line feed.
    const value = (await file.text()).replace(/\r?\n$/, '');
    const origin = { sha256: await file.sha256(), pointer: '' };
    annotations.push(...annotationOf(findings, kind, { key, value, origin }));
  }
  return annotations;
}

/** The annotation as a fact may hold it; none where it is personal. */
export function annotationOf(
  findings: Findings,
  kind: Kind,
  { key, value, origin }: Annotation,
): Annotation[] {
  if (isPersonal(key, value)) {
    findings.warn('personal_left_out', `${kind} ${key}`);
    return [];
  }
  if (value.length > LONGEST[kind])
    findings.warn('value_cut', `${kind} ${key} has ${value.length} characters, ${LONGEST[kind]} are kept`);
  const shown = cut(withoutSecrets(findings, key, value), LONGEST[kind]);
  return [{ key: truncateName(key, 256), value: shown, origin }];
}

/** Records a fact for each annotation, as the live protocol does. */
export function recordAnnotations(
  collector: FactCollector,
  entity: string,
  annotations: readonly Annotation[],
  factOf: (annotation: Annotation) => NewFact,
): void {
  for (const annotation of annotations)
    collector.add(annotation.origin, `${entity} ${annotation.key}`, factOf(annotation));
}
