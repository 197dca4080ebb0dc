import { findSecrets, redactSecrets } from '@tributary/kernel';

/** Takes secrets out of texts and of plain JSON. What it returns equals its argument where that has none. */
export type Redactor = {
  /** Strings alone change. */
  readonly json: (value: unknown) => unknown;
  readonly text: (text: string) => string;
  /** The kinds of the secrets that were found so far, and how often. */
  readonly kinds: () => Readonly<Record<string, number>>;
};

/** Finds secrets by their form and by the names that they are assigned to. */
export function builtInRedactor(): Redactor {
  const kinds = new Map<string, number>();
  const count = (kind: string): void => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    json: (value) => {
      const { value: redacted, found } = redactSecrets(value);
      for (const { kind } of found) count(kind);
      return redacted;
    },
    text: (text) => {
      let [left, from] = ['', 0];
      for (const { kind, start, end } of findSecrets(text)) {
        count(kind);
        left += `${text.slice(from, start)}[redacted:${kind}]`;
        from = end;
      }
      return left + text.slice(from);
    },
    kinds: () => Object.fromEntries(kinds),
  };
}

/** What stands for a secret that was named. */
const LISTED = '[redacted:listed]';

/** Finds the secrets that it is given, as they are and as JSON and addresses write them. */
export function listedRedactor(secrets: readonly string[]): Redactor {
  const forms = formsOf(secrets);
  let found = 0;
  const text = (given: string): string => {
    let left = given;
    for (const form of forms) {
      const parts = left.split(form);
      found += parts.length - 1;
      left = parts.join(LISTED);
    }
    return left;
  };
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => json(item));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), json(member)]));
  };
  return { json, text, kinds: () => (found > 0 ? { listed: found } : {}) };
}

/** A secret as it is, within JSON, within JSON in JSON, and in an address; longer forms first. */
export function formsOf(secrets: readonly string[]): string[] {
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
  const forms = secrets.flatMap((secret) => [
    secret,
    escaped(secret),
    escaped(escaped(secret)),
    encodeURIComponent(secret.toWellFormed()),
  ]);
  return [...new Set(forms)].toSorted((left, right) => right.length - left.length);
}
