import { basename } from 'node:path';
import { readFolder, readMixtures } from '@tributary/importers';
import type { MixtureFile, Rejection, SourceFile } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';
import type { Experiment } from './server/find-by-prefix.ts';

/** Without slices where they are those of an attribute: the server knows their names. */
type KnownExperiment = Pick<Experiment, 'id'> & Partial<Pick<Experiment, 'slices'>>;

export type AskedMixture = {
  readonly key: string;
  readonly shares: readonly { readonly slice: string; readonly share: number }[];
};

/** The mixtures of a file for an experiment: the columns must name its slices, all of them and no others. */
export async function mixturesFor(experiment: KnownExperiment, path: string): Promise<AskedMixture[]> {
  const folder = await readFolder(path).catch(() => undefined);
  const [file, ...others] = folder?.files ?? [];
  if (!file || others.length > 0)
    throw new Exit(EXIT.usage, `--mixtures ${path} is not one file that can be read`);
  const read = await mixturesIn(
    file,
    `each row needs a key and shares that sum to one. ${slicesOf(experiment)}`,
  );
  refuseOtherSlices(experiment, read, basename(path));
  return askedMixtures(read);
}

/** The mixtures of a table. Throws Exit where it has none, with what is expected, and where a row cannot be used. */
export async function mixturesIn(file: SourceFile, expected: string): Promise<MixtureFile> {
  const read = await readMixtures(file);
  if (!read) throw new Exit(EXIT.failed, `${file.name} has no mixtures: ${expected}`);
  refuseRejected(read.rejected, file.name);
  return read;
}

const askedMixtures = ({ mixtures }: MixtureFile): AskedMixture[] =>
  mixtures.map(({ key, weights }) => ({
    key,
    shares: weights.map(({ slice, weight }) => ({ slice, share: weight })),
  }));

const slicesOf = ({ id, slices }: KnownExperiment): string =>
  slices ? `The slices of ${id} are: ${slices.join(', ')}.` : '';

/** A prediction for some of the mixtures could be mistaken for one of all. */
function refuseRejected(rejected: readonly Rejection[], name: string): void {
  const [first] = rejected;
  if (!first) return;
  const source = first.pointer ? `${first.source}, column ${first.pointer}` : first.source;
  const more = rejected.length > 1 ? ` and ${rejected.length - 1} more` : '';
  throw new Exit(EXIT.failed, `${name} cannot be used: ${source}: ${first.reason}${more}. Correct it first.`);
}

function refuseOtherSlices(experiment: KnownExperiment, { slices }: MixtureFile, name: string): void {
  if (!experiment.slices) return;
  const known = new Set(experiment.slices);
  const given = new Set(slices.map(({ slice }) => slice));
  const unknown = slices
    .filter(({ slice }) => !known.has(slice))
    .map(({ slice, origin }) => `${slice} (${origin})`);
  const missing = experiment.slices.filter((slice) => !given.has(slice));
  if (unknown.length === 0 && missing.length === 0) return;
  const parts = [
    ...(unknown.length > 0 ? [`unknown: ${unknown.join(', ')}`] : []),
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
  ];
  throw new Exit(
    EXIT.failed,
    `${name} does not match ${experiment.id}; ${parts.join('; ')}. ${slicesOf(experiment)}`,
  );
}
