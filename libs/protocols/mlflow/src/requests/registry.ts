import { invalid } from '../errors.ts';
import { integer, optionalString, requiredString } from './fields.ts';
import type { RequestFields } from './fields.ts';

const MAX_NAME = 256;
const MAX_DESCRIPTION = 10_000;

/** The highest number of a version, which is that of its schema. */
export const MAX_VERSION = 1_000_000_000;

/** The name of a registered model. Addresses of versions separate name and number by a slash or a colon. */
export function registeredName(body: RequestFields, field = 'name'): string {
  const name = requiredString(body, field);
  if (name.length > MAX_NAME)
    throw invalid(`${field} is ${name.length} characters long; at most ${MAX_NAME} are allowed`);
  if (/[/:]/.test(name))
    throw invalid(`${field} ${JSON.stringify(name)} has a / or a :, which names of models have not`);
  return name;
}

/** Undefined where the request states none. */
export function descriptionOf(body: RequestFields): string | undefined {
  const text = optionalString(body, 'description');
  if (text === undefined || text.length <= MAX_DESCRIPTION) return text;
  throw invalid(`description is ${text.length} characters long; at most ${MAX_DESCRIPTION} are allowed`);
}

export function versionNumber(body: RequestFields): number {
  const version = integer(body, 'version');
  if (version >= 1 && version <= MAX_VERSION) return version;
  throw invalid(`version must be a whole number from 1, not ${version}`);
}

/** An alias is a word, and never what could be taken for a number of a version or for the newest one. */
export function aliasOf(body: RequestFields): string {
  const alias = requiredString(body, 'alias');
  const isWord = /^[\w-]{1,255}$/.test(alias);
  if (isWord && !/^v\d+$/i.test(alias) && alias.toLowerCase() !== 'latest') return alias;
  throw invalid(
    `alias ${JSON.stringify(alias.slice(0, 100))} must have at most 255 of a-z, A-Z, 0-9, _ and -, and be neither latest nor v with a number`,
  );
}
