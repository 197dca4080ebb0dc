import { truncateName } from '../facts/text.ts';

export type NamedModel = {
  readonly recipe: string;
  readonly size: string;
  /** The number of parameters that the size stands for: `60M` is 60 million. */
  readonly parameters: number;
  readonly seed: number;
};

const NAME = /^(?<recipe>.+)-(?<size>(?<count>\d+(?:\.\d+)?)(?<unit>[KMB]))-(?<seed>\d+)$/;
const UNIT = new Map([
  ['K', 1e3],
  ['M', 1e6],
  ['B', 1e9],
]);

/** Parses `<recipe>-<size>-<seed>`. A recipe may contain hyphens. */
export function namedModel(name: string): NamedModel | undefined {
  const { recipe, size, count, unit, seed } = NAME.exec(name)?.groups ?? {};
  if (recipe === undefined || size === undefined || seed === undefined) return undefined;
  return {
    recipe,
    size,
    parameters: Math.round(Number(count) * (UNIT.get(unit ?? '') ?? 1)),
    seed: Number(seed),
  };
}

/** Tokens per parameter as a multiple of the compute-optimal number, for example `5xC` in `c4-60M-5xC-14`. */
export const multiplierIn = (directory: string): string | undefined =>
  /-(?<multiplier>\d+(?:\.\d+)?xC)(?:-|$)/.exec(directory)?.groups?.['multiplier'];

export const runIdOf = (modelName: string): string => truncateName(`urn:datadecide:run:${modelName}`, 256);

/** The id of a data recipe, which is the snapshot that a run is trained on. */
export const recipeIdOf = (recipe: string): string => truncateName(`urn:datadecide:recipe:${recipe}`, 512);
