import { isScalar, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

export type YamlConfig = { readonly members: JsonObject; readonly document: Document };

/** A hundred aliases are more than a configuration needs and fewer than a bomb does. */
const MAX_ALIASES = 100;

/**
 * A configuration with its comments, merge keys followed. Interpolations such as `${name}` stay text, tags that name a
 * program are ignored: nothing is executed. A text says why there is none.
 */
export function yamlConfig(text: string): YamlConfig | string {
  const document = parseDocument(text, { merge: true, logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error) return `no YAML: ${error.message.split('\n')[0] ?? ''}`;
  try {
    const members = objectIn(document.toJS({ maxAliasCount: MAX_ALIASES }));
    return members ? { members, document } : 'the document is no mapping';
  } catch (fault) {
    return `the aliases cannot be followed: ${fault instanceof Error ? fault.message : 'unknown'}`;
  }
}

export type CommentedText = { readonly text: string; readonly comments: readonly string[] };

/** The texts of a list below nested keys, each with the comments directly above it. */
export function commentedTexts(document: Document, path: readonly string[]): CommentedText[] {
  const list: unknown = document.getIn(path, true);
  if (!isSeq(list)) return [];
  return list.items.flatMap((item, index) => {
    if (!isScalar(item) || typeof item.value !== 'string') return [];
    const above = index === 0 ? (list.commentBefore ?? '') : '';
    const comments = `${above}\n${item.commentBefore ?? ''}`.split('\n').map((line) => line.trim());
    return [{ text: item.value, comments: comments.filter((line) => line !== '') }];
  });
}

const REFERENCE = /^\$\{(?<path>[\w.]+)\}$/;
const MAX_HOPS = 8;

/** The value at nested keys; a `${other.key}` that names one value of the same configuration is followed. */
export function valueAt(config: JsonObject, path: string, hops = MAX_HOPS): unknown {
  let value: unknown = config;
  for (const key of path.split('.')) value = objectIn(value)?.[key];
  const named = typeof value === 'string' ? REFERENCE.exec(value)?.groups?.['path'] : undefined;
  return named === undefined || hops === 0 ? value : valueAt(config, named, hops - 1);
}
