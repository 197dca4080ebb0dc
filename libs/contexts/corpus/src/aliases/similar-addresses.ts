/** An address by its parts, as far as they tell data apart. */
export type Address = {
  /** Scheme and host or bucket; empty where it has none. */
  readonly host: string;
  /** Folders and file, decoded; the file without its extensions. */
  readonly parts: readonly string[];
  /** What a web address asks for, without what signs it. */
  readonly query: string;
};

/** The key of `corpus_shard_key` for the name of the file in an address, without its extensions. */
export const fileKey = (address: string): string => `file:${addressFrom(address).parts.at(-1) ?? ''}`;

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i;

const WEB = /^https?:/i;

export function addressFrom(text: string): Address {
  const host = AUTHORITY.exec(text)?.[0] ?? '';
  const rest = text.slice(host.length);
  const [path, query] = WEB.test(host) ? dividedWeb(rest) : [rest.replace(VERSION, ''), ''];
  const names = decoded(path).normalize('NFC').split('/').filter(Boolean);
  return { host, parts: [...names.slice(0, -1), withoutExtensions(names.at(-1) ?? '')], query };
}

/** The version of an object, behind its address in a store. */
const VERSION = /\?versionId=[^/?]*$/;

/** The path of a web address, and what it asks for. */
function dividedWeb(text: string): [string, string] {
  const whole = text.split('#', 1)[0] ?? '';
  const at = whole.indexOf('?');
  if (at < 0) return [whole, ''];
  const asked = whole
    .slice(at + 1)
    .split('&')
    .filter((one) => one !== '' && !SIGNATURE.test(one));
  return [whole.slice(0, at), asked.toSorted().join('&')];
}

/** What signs a web address of a store for some time, or says how it is sent. */
const SIGNATURE =
  /^(?:x-(?:amz|goog|oss|cos)-[^=]*|awsaccesskeyid|googleaccessid|key-pair-id|policy|signature|expires|token|download|sig|se|sp|spr|sr|st|sv|skoid|sktid|skt|ske|sks|skv)=/i;

/** The text without percent encoding; as it is where it has none. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const EXTENSION = /^[a-z][a-z0-9]{0,6}$/i;

function withoutExtensions(file: string): string {
  const parts = file.split('.');
  const named = parts.findLastIndex((part, at) => at === 0 || !EXTENSION.test(part));
  return parts.slice(0, named + 1).join('.');
}

/** Names at the end of an address that two must share at least, and that two must share of which both have other folders. */
const SHARED = 2;
const SHARED_BELOW_FOLDERS = 3;

/**
 * Whether two addresses only look like one: they differ in scheme, host or bucket, in extensions, in what a web address asks
 * for where only one asks, in folders that only one of them has, or where one has a placeholder such as `{TOKENIZER}`. Each
 * may have folders of its own at the beginning, on another host: one folder, or several where three names are the same.
 */
export function lookAlike(one: Address, other: Address): boolean {
  if (askOtherThings(one.query, other.query)) return false;
  const after = sharedAtEnd(one.parts, other.parts);
  if (after === 0) return false;
  const [left, right] = [one.parts.length - after, other.parts.length - after];
  const before = sharedAtStart(one.parts, other.parts, Math.min(left, right));
  if (before + after < SHARED && left + right > 0) return false;
  if (
    [one.parts.slice(before, left), other.parts.slice(before, right)].some((rest) =>
      rest.every(isPlaceholder),
    )
  )
    return true;
  if (one.host === other.host || before > 0) return false;
  return after >= SHARED_BELOW_FOLDERS || (after >= SHARED && left === 1 && right === 1);
}

const askOtherThings = (one: string, other: string): boolean => one !== other && one !== '' && other !== '';

function isPlaceholder(part: string): boolean {
  const opens = part.indexOf('{');
  return opens >= 0 && part.includes('}', opens);
}

function sharedAtEnd(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count += 1;
  return count;
}

function sharedAtStart(one: readonly string[], other: readonly string[], most: number): number {
  let count = 0;
  while (count < most && one[count] === other[count]) count += 1;
  return count;
}
