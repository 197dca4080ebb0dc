import { isScalar, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

export type YamlConfig = { readonly members: JsonObject; readonly document: Document };

/** More aliases than a configuration needs: a limit against alias expansion attacks. */
const MAX_ALIASES = 100;

/**
 * Parses a configuration with its comments. Merge keys are resolved. Interpolations such as `${name}` stay text, and
 * tags are ignored, so nothing is executed. Returns the reason as a string if the text is invalid.
 */
export function yamlConfig(text: string): YamlConfig | string {
  const document = parseDocument(text, { merge: true, logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error) return `the file is not valid YAML: ${error.message.split('\n')[0] ?? ''}`;
  try {
    const members = objectIn(document.toJS({ maxAliasCount: MAX_ALIASES }));
    return members ? { members, document } : 'the YAML document is not a mapping';
  } catch (fault) {
    return `the YAML aliases cannot be resolved: ${fault instanceof Error ? fault.message : 'unknown'}`;
  }
}

export type CommentedText = { readonly text: string; readonly comments: readonly string[] };

/** The strings in a list at nested keys, each with the comments directly above it. */
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
