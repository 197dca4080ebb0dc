import { EXIT, Exit } from '../exit.ts';
import { MixtureDriftDocument } from '../generated/documents.ts';
import type { DriftBy, ExposureBy } from '../generated/documents.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import type { MixtureDrift } from '../text/drift.ts';

type DriftOptions = {
  readonly by: ExposureBy;
  readonly windows?: number;
  readonly every?: number;
  readonly tolerance?: number;
  readonly at?: string;
};

/** Planned and realised shares of a run, window by window. */
export async function driftOf(
  url: string,
  prefix: string,
  { at, by, windows, every, tolerance }: DriftOptions,
): Promise<MixtureDrift> {
  const run = await runByPrefix(url, prefix, at);
  const asked = { run, by: driftBy(by), windows, every, tolerance, asOf: at };
  const { mixtureDrift } = await ask(url, MixtureDriftDocument, asked);
  return present(mixtureDrift, url);
}

function driftBy(by: ExposureBy): DriftBy {
  if (by === 'domain' || by === 'slice') return by;
  throw new Exit(EXIT.usage, `--drift and --plot compare by domain or slice: a plan has no shares by ${by}`);
}
