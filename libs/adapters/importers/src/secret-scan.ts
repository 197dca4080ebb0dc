import type { SourceFile } from './files/folder.ts';
import { kindOfMember, NAMED_SECRET_PATTERN, UNAMBIGUOUS_PATTERNS } from './secret-patterns.ts';
import type { SecretKind, SecretPattern } from './secret-patterns.ts';

/** A secret that was redacted. `pointer` is its JSON pointer, empty for a bare string. */
export type FoundSecret = { readonly kind: SecretKind; readonly pointer: string };

/** The value with `[redacted:<kind>]` instead of each secret, otherwise unchanged. */
export type Redacted<Value> = { readonly value: Value; readonly found: readonly FoundSecret[] };

const PATTERNS = [...UNAMBIGUOUS_PATTERNS, NAMED_SECRET_PATTERN];
const MAX_DEPTH = 64;

/** Redacts secrets in a string, or in every string of plain JSON. */
export function redactSecrets<Value>(value: Value): Redacted<Value> {
  const found: FoundSecret[] = [];
  const redacted = redact(value, { name: '', pointer: '', depth: 0 }, found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only strings change, and they stay strings
  return { value: redacted as Value, found };
}

type MemberPath = { readonly name: string; readonly pointer: string; readonly depth: number };

function redact(value: unknown, location: MemberPath, found: FoundSecret[]): unknown {
  if (typeof value === 'string') return redactText(value, location, found);
  if (typeof value !== 'object' || value === null || location.depth > MAX_DEPTH) return value;
  const inside = (key: string, name: string): MemberPath => ({
    name,
    pointer: `${location.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    depth: location.depth + 1,
  });
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => redact(item, inside(String(index), location.name), found));
  }
  const members: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(members.map(([key, member]) => [key, redact(member, inside(key, key), found)]));
}

function redactText(text: string, { name, pointer }: MemberPath, found: FoundSecret[]): string {
  const named = kindOfMember(name, text);
  if (named) {
    found.push({ kind: named, pointer });
    return placeholder(named);
  }
  return PATTERNS.reduce((left, { kind, pattern }) => {
    return left.replace(pattern, (match: string, ...rest: unknown[]) => {
      found.push({ kind, pointer });
      const secret = secretIn(rest.at(-1));
      return secret === undefined ? placeholder(kind) : replaceLast(match, secret, placeholder(kind));
    });
  }, text);
}

const placeholder = (kind: SecretKind): string => `[redacted:${kind}]`;

/** The group `secret` of a match. The last argument of a replacer is an object only if the pattern has named groups. */
function secretIn(groups: unknown): string | undefined {
  if (typeof groups !== 'object' || groups === null || !('secret' in groups)) return undefined;
  return typeof groups.secret === 'string' ? groups.secret : undefined;
}

function replaceLast(text: string, part: string, by: string): string {
  const at = text.lastIndexOf(part);
  return text.slice(0, at) + by + text.slice(at + part.length);
}

/** Each part is searched together with the end of the previous one, so that a secret across two parts is found. */
const OVERLAP = 4096;

/** The kinds of secrets with an unambiguous pattern in the bytes of a file, text or binary. */
export async function secretKindsIn(file: SourceFile): Promise<SecretKind[]> {
  const kinds = new Set<SecretKind>();
  let tail = '';
  for await (const part of partsOf(file)) {
    const text = tail + Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
    for (const { kind } of UNAMBIGUOUS_PATTERNS.filter((pattern) => occurs(pattern, text))) kinds.add(kind);
    tail = text.slice(-OVERLAP);
  }
  return [...kinds];
}

async function* partsOf(file: SourceFile): AsyncGenerator<Uint8Array> {
  const [first, second] = await file.head();
  if (first === 0x1f && second === 0x8b) yield await file.content();
  else yield* file.parts();
}

const occurs = ({ pattern }: SecretPattern, text: string): boolean => text.search(pattern) >= 0;
