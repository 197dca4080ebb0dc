import { parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import { tolerantJson } from '@tributary/json';
import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from './folder.ts';
import { copiedByMerging } from './merge-keys.ts';

/** More aliases than any configuration uses: a limit against alias expansion attacks. */
const MAX_ALIASES = 1000;
/** More values than the merge keys of any configuration copy: 1,000 merges of a map may be a thousand times the file. */
const MAX_MERGED = 200_000;
/** Each alias is looked for among all anchors and aliases: as many looks as 3,000 aliases of 3,000 anchors take. */
const MAX_LOOKS = 20_000_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** The documents of a YAML or JSON file. `broken` is the reason why the file cannot be parsed. */
export type PlainYaml = { readonly documents: readonly unknown[]; readonly broken?: string };

/**
 * Parses YAML or JSON into plain values. Anchors and merge keys are resolved; tags and `${…}` stay text and are never
 * evaluated.
 */
export function plainYaml(text: string): PlainYaml {
  const json = asJson(text);
  if (json) return { documents: [json.value] };
  try {
    const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      merge: true,
      /* To search for duplicates is quadratic in the keys of a map, and the last of them counts anyway. */
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: true,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) return { documents: [], broken: firstLine(error.message) };
    const looks = documents.reduce((sum, document) => sum + looksForAliases(document), 0);
    if (looks > MAX_LOOKS)
      return { documents: [], broken: 'it has more aliases and anchors than are looked up' };
    const merged = documents.reduce((sum, { contents }) => sum + copiedByMerging(contents), 0);
    if (merged > MAX_MERGED)
      return { documents: [], broken: `its merge keys copy ${merged} values, more than ${MAX_MERGED}` };
    return {
      documents: documents.map((document): unknown => document.toJS({ maxAliasCount: MAX_ALIASES })),
    };
  } catch (error) {
    return { documents: [], broken: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

function looksForAliases(document: Document.Parsed): number {
  const counts = { aliases: 0, anchors: 0 };
  const count = (_key: unknown, node: { readonly anchor?: string | undefined }): void => {
    if (node.anchor !== undefined) counts.anchors += 1;
  };
  visit(document, { Alias: () => void (counts.aliases += 1), Collection: count, Scalar: count });
  return counts.aliases * (counts.aliases + counts.anchors);
}

/** Most files that start with a brace are JSON, which parses much faster than YAML. */
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

/** Whether a file is named like YAML or JSON. Almost any text parses as YAML, so the content decides later. */
export const mayBeYaml = (file: SourceFile): boolean => NAMED.test(file.path) && file.bytes <= MAX_BYTES;

/** The first document of a file. A syntax error is a rejection, and unresolved interpolations are a warning. */
export async function yamlIn(file: SourceFile, findings: Findings): Promise<unknown> {
  const text = await file.text();
  const { documents, broken } = plainYaml(text);
  if (broken !== undefined) findings.reject(file.path, '', `the file is not valid YAML: ${broken}`);
  const interpolations = text.split('\n').flatMap(interpolationsIn);
  if (interpolations.length > 0) {
    const example = `${file.path}: ${interpolations[0]} is kept as text`;
    findings.warn('interpolation_left', example, interpolations.length);
  }
  return documents[0];
}

/** The interpolations `${…}` of a line. The first brace closes one, also where others open within it. */
function interpolationsIn(line: string): string[] {
  const found: string[] = [];
  let start = line.indexOf('${');
  let end = line.indexOf('}', start);
  while (start >= 0 && end >= 0) {
    found.push(line.slice(start, end + 1));
    start = line.indexOf('${', end);
    end = line.indexOf('}', start);
  }
  return found;
}
