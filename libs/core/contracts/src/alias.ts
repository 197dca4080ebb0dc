import type { SchemaViolation } from './catalogue.ts';
import type { FactCatalogue } from './generated/catalogue.ts';

type Alias = FactCatalogue['corpus.alias.declared'];

/**
 * The first violation of what an alias says. A rule whose one part holds the other maps an address to ever longer ones, so
 * there is none.
 */
export function checkAlias({ kind, address, other }: Alias): SchemaViolation | undefined {
  if (address === other) return broken('/data/other', 'different', 'must be another one than address');
  if (kind === 'pair') return undefined;
  const [short = '', long = ''] = [address, other].toSorted((left, right) => left.length - right.length);
  if (HOLDS[kind](long, short))
    return broken('/data/other', 'separate', `must not ${HOLDING[kind]} address, nor the other way round`);
  const isWhole = kind !== 'segment' || [address, other].every((part) => !/^\/|\/$/.test(part));
  return isWhole
    ? undefined
    : broken('/data/address', 'segment', 'must be folders without a slash at the beginning or the end');
}

const HOLDS = {
  prefix: (long: string, short: string) => long.startsWith(short),
  suffix: (long: string, short: string) => long.endsWith(short),
  segment: (long: string, short: string) => `/${long}/`.includes(`/${short}/`),
};

const HOLDING = { prefix: 'begin with', suffix: 'end with', segment: 'contain' };

const broken = (pointer: string, rule: string, message: string): SchemaViolation => ({
  pointer,
  rule,
  message,
});
