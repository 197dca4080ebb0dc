import type { FactCatalogue } from '@tributary/contracts';
import { textIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

type ShardDigest = NonNullable<FactCatalogue['corpus.shard.registered']['digest']>;

const HEX_LENGTH = { sha256: 64, sha1: 40, md5: 32 } as const;

export type StatedDigest = {
  readonly digest: ShardDigest | undefined;
  /** The sha256 member as written; undefined if it is missing or a placeholder. */
  readonly statedSha256: string | undefined;
};

/**
 * The digest of a file. Publishers write `None`, a branch name, an address or an MD5 into `sha256`, so the length
 * decides.
 */
export function digestOf(file: JsonObject): StatedDigest {
  const stated = statedIn(file['sha256']);
  const statedSha256 = stated !== undefined && /^main$/i.test(stated) ? undefined : stated;
  const candidates = [statedSha256, md5In(file['md5'])].map((text) => text?.toLowerCase() ?? '');
  const value = candidates.find((text) => algorithmOf(text) !== undefined);
  const algorithm = value === undefined ? undefined : algorithmOf(value);
  return { digest: value !== undefined && algorithm ? { algorithm, value } : undefined, statedSha256 };
}

/** Some publishers encode the 16 bytes of MD5 in base64. */
function md5In(value: unknown): string | undefined {
  const text = textIn(value);
  return text !== undefined && /^[\w+/]{22}==$/.test(text)
    ? Buffer.from(text, 'base64').toString('hex')
    : text;
}

function algorithmOf(text: string): ShardDigest['algorithm'] | undefined {
  if (!/^[0-9a-f]+$/.test(text)) return undefined;
  return (['sha256', 'sha1', 'md5'] as const).find((algorithm) => HEX_LENGTH[algorithm] === text.length);
}
