export type SecretKind =
  | 'aws_access_key'
  | 'aws_secret_key'
  | 'github_token'
  | 'gitlab_token'
  | 'google_key'
  | 'hugging_face_token'
  | 'json_web_token'
  | 'model_api_key'
  | 'package_token'
  | 'slack_token'
  | 'tributary_key'
  | 'wandb_key'
  | 'bearer_token'
  | 'private_key'
  | 'url_password'
  | 'named_secret';

type Shape = {
  readonly kind: SecretKind;
  /** Begins where no word goes on, and has a bounded length, so that a long run of characters is read once. */
  readonly pattern: RegExp;
  /** Whether a match is one. */
  readonly isOne?: (match: string) => boolean;
};

/** Hyphenated words begin alike: `sk-learn-extension-of-mine`. */
const hasRun = (match: string): boolean =>
  match.split(/[-_]/).some((run) => run.length >= 16 && /\d/.test(run) && /[A-Za-z]/.test(run));
const hasDigit = (match: string): boolean => /\d/.test(match);

/** Credentials that are known by their form alone. */
export const SHAPES: readonly Shape[] = [
  { kind: 'aws_access_key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'github_token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})\b/g },
  { kind: 'gitlab_token', pattern: /(?<![\w-])glpat-[\w-]{20,64}/g },
  { kind: 'google_key', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'hugging_face_token', pattern: /\bhf_[A-Za-z0-9]{20,64}\b/g },
  {
    kind: 'json_web_token',
    pattern: /(?<![\w.-])eyJ[\w-]{5,4096}\.eyJ[\w-]{5,8192}\.[\w-]{10,4096}/g,
  },
  { kind: 'model_api_key', pattern: /(?<![\w-])sk-[\w-]{20,255}/g, isOne: hasRun },
  { kind: 'package_token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'package_token', pattern: /(?<![\w-])pypi-AgE[\w-]{50,512}/g },
  { kind: 'slack_token', pattern: /(?<![\w-])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g, isOne: hasDigit },
  { kind: 'tributary_key', pattern: /\btrb_(?:[0-9a-f]{16}|owner)_[\w-]{43}(?![\w-])/g },
  { kind: 'wandb_key', pattern: /\bwandb_v\d{1,3}_\w{20,128}\b/g },
];
