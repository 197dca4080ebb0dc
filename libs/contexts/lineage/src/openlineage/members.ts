export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; empty for any other value. */
export const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !isIterable(value);

/** The items of an array, which may still be text where it is long; none of any other value. */
export const itemsOf = (value: unknown): Iterable<unknown> => (isIterable(value) ? value : []);

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The types of a list of transformations, as in `DIRECT:IDENTITY, INDIRECT:FILTER`. */
export const transformationOf = (transformations: unknown): string =>
  Array.from(itemsOf(transformations))
    .map((transformation) => {
      const { type, subtype } = membersOf(transformation);
      return [textOf(type), textOf(subtype)].filter((part) => part !== '').join(':');
    })
    .join(', ');
