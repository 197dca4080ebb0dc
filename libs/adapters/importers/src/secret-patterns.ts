export type SecretKind =
  | 'aws_access_key'
  | 'aws_secret_key'
  | 'github_token'
  | 'hugging_face_token'
  | 'tributary_key'
  | 'wandb_key'
  | 'bearer_token'
  | 'private_key'
  | 'url_password'
  | 'named_secret';

/** A pattern that finds secrets. If it has a group named `secret`, only that group is redacted. */
export type SecretPattern = { readonly kind: SecretKind; readonly pattern: RegExp };

/**
 * Patterns without false positives. A W&B key is 40 hexadecimal digits, like a commit hash, so its pattern requires a
 * name before it.
 */
export const UNAMBIGUOUS_PATTERNS: readonly SecretPattern[] = [
  {
    kind: 'private_key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g,
  },
  { kind: 'aws_access_key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  {
    kind: 'aws_secret_key',
    pattern: /aws_secret_access_key["']?\s*[:=]\s*["']?(?<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { kind: 'github_token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})\b/g },
  { kind: 'hugging_face_token', pattern: /\bhf_[A-Za-z0-9]{20,64}\b/g },
  { kind: 'tributary_key', pattern: /\btrb_(?:[0-9a-f]{16}|owner)_[\w-]{43}(?![\w-])/g },
  { kind: 'wandb_key', pattern: /\bwandb_v\d+_\w{20,128}\b/g },
  {
    kind: 'wandb_key',
    pattern:
      /(?:wandb[\w.-]{0,32}|api[_-]?key|\bkey|\bpassword|\blogin)["']?[\s:=]{1,4}["']?(?<secret>[0-9a-f]{40})\b/gi,
  },
  { kind: 'bearer_token', pattern: /\bBearer\s+(?<secret>(?=[\w.~+/-]*\d)[\w.~+/-]{16,2048}=*)/gi },
  {
    kind: 'url_password',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{1,256}:(?<secret>[^\s/@"']{1,256})@/gi,
  },
];

const SECRET_NAME =
  '(?:password|passwd|secret|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?token|access[_-]?token|hub[_-]?token|private[_-]?key)';

/** A quoted value that is assigned to a name such as `password`. */
export const NAMED_SECRET_PATTERN: SecretPattern = {
  kind: 'named_secret',
  pattern: new RegExp(
    `${SECRET_NAME}["']?\\s*[:=]\\s*(?<quote>["'])(?<secret>[^"'\\s<>*]{6,512})\\k<quote>`,
    'gi',
  ),
};

const SECRET_KEY = new RegExp(`(?:^|[._-])${SECRET_NAME}$`, 'i');
const WANDB_KEY = /(?:^|[._-])(?:wandb.*(?:key|token)|api[_-]?key)$/i;

/** The kind of secret that a member holds according to its name; undefined if the name does not indicate a secret. */
export function kindOfMember(name: string, value: string): SecretKind | undefined {
  if (WANDB_KEY.test(name) && /^[0-9a-f]{40}$/i.test(value)) return 'wandb_key';
  return SECRET_KEY.test(name) && /^(?!\[redacted:)[^<>*\s]{4,}$/.test(value) ? 'named_secret' : undefined;
}
