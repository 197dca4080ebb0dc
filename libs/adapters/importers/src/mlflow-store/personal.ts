import { redactSecrets, valueIn } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import { isObject, isTooDeep, parsedJson } from '../files/untyped-values.ts';

/** Keys whose values name a person, a machine or a path in a home directory. */
const PERSONAL =
  /^mlflow\.(source\.name|databricks\.notebookPath)$|(^|[./_-])(user|user_?name|user_?id|host_?name|e?mail)$/i;

/** An email address. `git@` is the start of a repository address. */
const ADDRESS = /(?<![\w.+-])(?!git@)[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/i;

export const isPersonal = (key: string, value: string): boolean => PERSONAL.test(key) || ADDRESS.test(value);

/** The value with secrets redacted. */
export function withoutSecrets(findings: Findings, key: string, value: string): string {
  const redacted = redactSecrets({ [key]: value });
  if (redacted.found.length > 0) findings.warn('secret_redacted', key, redacted.found.length);
  return valueIn(redacted.value, key) ?? '';
}

/** Removes personal members from JSON. Other text, and JSON without such members, is returned unchanged. */
export function withoutPersonal(findings: Findings, text: string): string {
  const value = jsonIn(text);
  if (value === undefined || isTooDeep(value)) return text;
  const left: string[] = [];
  const kept = stripped(value, left);
  for (const key of left) findings.warn('personal_left_out', key);
  return left.length === 0 ? text : JSON.stringify(kept);
}

const jsonIn = (text: string): unknown => (/^\s*[[{]/.test(text) ? parsedJson(text) : undefined);

function stripped(value: unknown, left: string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => stripped(item, left));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([key, member]) => {
    if (!isPersonal(key, typeof member === 'string' ? member : '')) return true;
    left.push(key);
    return false;
  });
  return Object.fromEntries(members.map(([key, member]) => [key, stripped(member, left)]));
}
