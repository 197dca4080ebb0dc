import { parseAllDocuments } from 'yaml';
import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from './folder.ts';
import { tolerantJson } from '../tolerant-json.ts';

/** An anchor that is used more often, with what hangs below it, is a bomb. */
const MAX_ALIASES = 1000;
const MAX_BYTES = 16 * 1024 * 1024;
const INTERPOLATION = /\$\{[^}\n]*\}/g;

/** Values of the documents of a YAML or JSON file, and whether it could be read in whole. */
export type PlainYaml = { readonly documents: readonly unknown[]; readonly broken?: string };

/**
 * The documents as plain values. Anchors and merge keys are resolved, tags and `${…}` stay text: nothing is looked up
 * or run.
 */
export function plainYaml(text: string): PlainYaml {
  const json = asJson(text);
  if (json) return { documents: [json.value] };
  try {
    const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      merge: true,
      logLevel: 'silent',
      prettyErrors: true,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const error = documents.flatMap(({ errors }) => errors).find(({ code }) => code !== 'DUPLICATE_KEY');
    if (error) return { documents: [], broken: firstLine(error.message) };
    return {
      documents: documents.map((document): unknown => document.toJS({ maxAliasCount: MAX_ALIASES })),
    };
  } catch (error) {
    return { documents: [], broken: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

/** Most configurations in braces are JSON, which is read far faster. */
function asJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return undefined;
  try {
    return { value: tolerantJson(text) };
  } catch {
    return undefined;
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

const NAMED = /\.(ya?ml|json)(\.gz)?$/i;

/** Whether a file may be YAML: by name, because any text is YAML. What it holds decides. */
export const mayBeYaml = (file: SourceFile): boolean => NAMED.test(file.path) && file.bytes <= MAX_BYTES;

/** The first document of a file; what cannot be read is rejected, and what is left to be filled in is told. */
export async function yamlIn(file: SourceFile, findings: Findings): Promise<unknown> {
  const text = await file.text();
  const { documents, broken } = plainYaml(text);
  if (broken !== undefined) findings.reject(file.path, '', `not readable as YAML: ${broken}`);
  const open = text.match(INTERPOLATION) ?? [];
  if (open.length > 0) {
    findings.warn('interpolation_left', `${file.path}: ${open[0]} is kept as text`, open.length);
  }
  return documents[0];
}
