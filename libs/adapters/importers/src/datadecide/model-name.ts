export type NamedModel = {
  readonly recipe: string;
  readonly size: string;
  /** What the size says: `60M` is 60 million. */
  readonly parameters: number;
  readonly seed: number;
};

const NAME = /^(?<recipe>.+)-(?<size>(?<count>\d+(?:\.\d+)?)(?<unit>[KMB]))-(?<seed>\d+)$/;
const UNIT: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

/** `<recipe>-<size>-<seed>`; a recipe may hold hyphens. */
export function namedModel(name: string): NamedModel | undefined {
  const { recipe, size, count, unit, seed } = NAME.exec(name)?.groups ?? {};
  if (recipe === undefined || size === undefined || seed === undefined) return undefined;
  return {
    recipe,
    size,
    parameters: Math.round(Number(count) * (UNIT[unit ?? ''] ?? 1)),
    seed: Number(seed),
  };
}

/** Tokens per parameter as a multiple of the compute-optimal number, such as `5xC` in `c4-60M-5xC-14`. */
export const multiplierIn = (directory: string): string | undefined =>
  /-(?<multiplier>\d+(?:\.\d+)?xC)(?:-|$)/.exec(directory)?.groups?.['multiplier'];

export const runIdOf = (modelName: string): string => `urn:datadecide:run:${modelName}`.slice(0, 256);

/** The recipe of the data is what the run is trained on. */
export const recipeIdOf = (recipe: string): string => `urn:datadecide:recipe:${recipe}`.slice(0, 512);
