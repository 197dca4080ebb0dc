import { appendAll } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import type { NewFact, Origin } from '../facts/imported-event.ts';
import { truncate, truncateName } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { isPersonal, withoutSecrets } from './personal.ts';
import type { KeyedFile } from './store-layout.ts';

/** A tag or parameter with its origin. */
export type Annotation = { readonly key: string; readonly value: string; readonly origin: Origin };

const MAX_LENGTH = { tag: 8000, param: 6000, 'project tag': 20_000 } as const;
type AnnotationKind = keyof typeof MAX_LENGTH;

/**
 * Reads the files of tags or parameters. The file name is the key and the content is the value. Personal values are
 * left out.
 */
export async function annotationsIn(
  findings: Findings,
  kind: AnnotationKind,
  files: readonly KeyedFile[],
): Promise<Annotation[]> {
  const annotations: Annotation[] = [];
  for (const { key, file } of files) {
    // Before 1.0 a parameter ended with a line feed.
    const value = (await file.text()).replace(/\r?\n$/, '');
    const origin = { sha256: await file.sha256(), pointer: '' };
    appendAll(annotations, annotationOf(findings, kind, { key, value, origin }));
  }
  return annotations;
}

/** The annotation for a fact, with secrets redacted and the value truncated. Empty if the value is personal. */
export function annotationOf(
  findings: Findings,
  kind: AnnotationKind,
  { key, value, origin }: Annotation,
): Annotation[] {
  if (isPersonal(key, value)) {
    findings.warn('personal_left_out', `${kind} ${key}`);
    return [];
  }
  if (value.length > MAX_LENGTH[kind])
    findings.warn(
      'value_truncated',
      `${kind} ${key} has ${value.length} characters; the first ${MAX_LENGTH[kind]} were imported`,
    );
  const shown = truncate(withoutSecrets(findings, key, value), MAX_LENGTH[kind]);
  return [{ key: truncateName(key, 256), value: shown, origin }];
}

/** Records one fact for each annotation, like the MLflow protocol. */
export function recordAnnotations(
  collector: FactCollector,
  entity: string,
  annotations: readonly Annotation[],
  factOf: (annotation: Annotation) => NewFact,
): void {
  for (const annotation of annotations)
    collector.add(annotation.origin, `${entity} ${annotation.key}`, factOf(annotation));
}
