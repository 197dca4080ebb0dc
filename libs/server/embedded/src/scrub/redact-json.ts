import { Fault, isSecretName, secretFlag } from '@tributary/kernel';
import { jsonTokens, textOf } from './json-tokens.ts';
import type { Token } from './json-tokens.ts';
import { placeholder, redactToken } from './redact-text.ts';
import type { Redactor } from './redactor.ts';

/** A JSON text without its secrets. */
type RedactedJson = {
  /** Every token that has no secret, and all between them, are as they were written. */
  readonly text: string;
  /** The kind of each secret that was removed. */
  readonly kinds: readonly string[];
  /** How many numbers were replaced. */
  readonly numbers: number;
  /** Whether a form of a secret is there still, since it stands across several tokens. */
  readonly isLeft: boolean;
};

type RedactOptions = {
  /** Members of the outermost object that stay as they are, whatever they hold. */
  readonly kept?: ReadonlySet<string>;
  /** What stands in the place of a number. A text that says its kind where absent; `undefined` within is no change. */
  readonly number?: (kind: string) => string | undefined;
};

type Finder = Pick<Redactor, 'secretsOf' | 'forms'>;

/** What stands for a token. `within` is where the object of a key begins. */
type Edit = Token & { readonly text: string; readonly within?: number };

/** A text that is valid JSON without its secrets; undefined where it has none. */
export function redactJson(
  text: string,
  redactor: Finder,
  options: RedactOptions = {},
): RedactedJson | undefined {
  const walk = new Walk(text, redactor, options);
  for (const token of jsonTokens(text)) walk.read(token);
  const { edits, kept, kinds } = walk;
  if (edits.length === 0 && redactor.forms(text).length === 0) return undefined;
  const named = withNamesApart(text, edits);
  const redacted = edited(text, named);
  requireSame(text, redacted, named);
  const looked = edited(
    text,
    [...named, ...kept].toSorted((left, right) => left.start - right.start),
  );
  const isLeft = redactor.forms(looked).length > 0;
  if (edits.length === 0 && !isLeft) return undefined;
  const numbers = named.filter(({ kind }) => kind === 'number').length;
  return { text: redacted, kinds, numbers, isLeft };
}

/** A container that is being read. `key` is the name of the next value, `flag` what an argument before it says. */
type Frame = {
  readonly start: number;
  readonly isObject: boolean;
  readonly inherited: string;
  readonly paired: string | undefined;
  key: string;
  flag: string | undefined;
};

/** Reads the tokens of a text and notes what is to be replaced. */
class Walk {
  readonly edits: Edit[] = [];
  /** Values that are not looked at, as nothing. */
  readonly kept: Edit[] = [];
  readonly kinds: string[] = [];
  readonly #frames: Frame[] = [];
  readonly #paired: ReadonlyMap<number, string>;
  readonly #text: string;
  readonly #redactor: Finder;
  readonly #options: RedactOptions;

  constructor(text: string, redactor: Finder, options: RedactOptions) {
    this.#text = text;
    this.#redactor = redactor;
    this.#options = options;
    this.#paired = pairedNames(text);
  }

  read(token: Token): void {
    if (token.kind === 'end') void this.#frames.pop();
    else if (token.kind === 'object' || token.kind === 'array') this.#open(token);
    else if (token.kind === 'key') this.#key(token);
    else this.#value(token);
  }

  #open({ kind, start }: Token): void {
    const inherited = this.#name();
    const before = this.#frames.at(-1);
    if (before) before.flag = undefined;
    const paired = this.#paired.get(start);
    this.#frames.push({ start, isObject: kind === 'object', inherited, paired, key: '', flag: undefined });
  }

  /** The name of the value that comes next. */
  #name(): string {
    const frame = this.#frames.at(-1);
    if (!frame) return '';
    if (!frame.isObject) return frame.flag ?? frame.inherited;
    if (!/^(?:string_?)?value$/i.test(frame.key)) return frame.key;
    /* `{"password": {"value": …}}` of W&B, and `{"stringValue": …}` of OTLP. */
    return frame.paired ?? (isSecretName(frame.inherited) ? frame.inherited : frame.key);
  }

  #key(token: Token): void {
    const frame = this.#frames.at(-1);
    const written = this.#text.slice(token.start, token.end);
    if (frame) frame.key = textOf(written);
    this.#replace({ ...token, within: frame?.start }, redactToken(written, '', this.#redactor));
  }

  #value(token: Token): void {
    const frame = this.#frames.at(-1);
    const written = this.#text.slice(token.start, token.end);
    const name = this.#name();
    if (frame) frame.flag = token.kind === 'text' ? secretFlag(textOf(written)) : undefined;
    if (this.#frames.length === 1 && this.#options.kept?.has(frame?.key ?? ''))
      this.kept.push({ ...token, text: 'null' });
    else if (token.kind === 'text') this.#replace(token, redactToken(written, name, this.#redactor));
    else this.#number(token, this.#redactor.secretsOf(name, written)[0]?.kind);
  }

  #number(token: Token, kind: string | undefined): void {
    const { number = (found: string) => JSON.stringify(placeholder(found)) } = this.#options;
    const text = kind === undefined ? undefined : number(kind);
    if (kind !== undefined && text !== undefined) this.#replace(token, { text, kinds: [kind] });
  }

  #replace(
    token: Token & { readonly within?: number | undefined },
    redacted: { readonly text: string; readonly kinds: readonly string[] } | undefined,
  ): void {
    if (!redacted) return;
    const { kind, start, end, within } = token;
    this.edits.push({ kind, start, end, text: redacted.text, ...(within !== undefined && { within }) });
    for (const found of redacted.kinds) this.kinds.push(found);
  }
}

/** Of each object with `{"name": "API_KEY", "value": …}`, by where it begins, the name. */
function pairedNames(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (!/value|\\/i.test(text)) return names;
  const starts: number[] = [];
  let key = '';
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind === 'object' || kind === 'array') starts.push(start);
    else if (kind === 'end') starts.pop();
    else if (kind === 'key') key = textOf(text.slice(start, end));
    else if (kind === 'text' && /^(?:name|key)$/i.test(key)) {
      const name = textOf(text.slice(start, end));
      if (isSecretName(name)) names.set(starts.at(-1) ?? 0, name);
    }
    if (kind !== 'key') key = '';
  }
  return names;
}

/** Names that differed in the secret alone go on to differ: the second one gets `-2`, and so on. */
function withNamesApart(text: string, edits: readonly Edit[]): readonly Edit[] {
  const objects = new Map<number, { readonly names: Set<string>; readonly last: Map<string, number> }>();
  for (const { within } of edits)
    if (within !== undefined) objects.set(within, { names: new Set(), last: new Map() });
  if (objects.size === 0) return edits;
  const changed = new Set(edits.map(({ start }) => start));
  const starts: number[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind === 'object' || kind === 'array') starts.push(start);
    else if (kind === 'end') starts.pop();
    else if (kind === 'key' && !changed.has(start))
      objects.get(starts.at(-1) ?? 0)?.names.add(textOf(text.slice(start, end)));
  }
  return edits.map((edit) => {
    const object = edit.within === undefined ? undefined : objects.get(edit.within);
    return object ? { ...edit, text: nameApart(edit.text, object) } : edit;
  });
}

function nameApart(
  token: string,
  { names, last }: { readonly names: Set<string>; readonly last: Map<string, number> },
): string {
  const name = textOf(token);
  let number = last.get(name) ?? 1;
  const numbered = (): string => (number === 1 ? name : `${name}-${number}`);
  while (names.has(numbered())) number += 1;
  last.set(name, number);
  names.add(numbered());
  return number === 1 ? token : `${token.slice(0, -1)}-${number}"`;
}

function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const edit of edits) {
    parts.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  return parts.join('') + text.slice(from);
}

/** Throws Fault `scrub_failed` where another token than those that were replaced differs, or one is lost. */
function requireSame(before: string, after: string, edits: readonly Edit[]): void {
  const replaced = new Map(edits.map((edit) => [edit.start, edit.text]));
  const left = jsonTokens(after);
  let isSame = true;
  for (const { kind, start, end } of jsonTokens(before)) {
    const { value: token } = left.next();
    const written = token ? after.slice(token.start, token.end) : undefined;
    const isKind = kind === token?.kind || (kind === 'number' && token?.kind === 'text');
    isSame &&= isKind && written === (replaced.get(start) ?? before.slice(start, end));
  }
  if (!isSame || left.next().done !== true)
    throw new Fault(
      'scrub_failed',
      'a text without its secrets has not the members that it had; nothing was changed',
    );
}
