import { itemsOf, membersOf, textOf } from './members.ts';

/** `DIRECT:IDENTITY, INDIRECT:FILTER`: the kinds of a list of transformations. */
export const transformationOf = (transformations: unknown): string =>
  itemsOf(transformations)
    .map((transformation) => {
      const { type, subtype } = membersOf(transformation);
      return [textOf(type), textOf(subtype)].filter((part) => part !== '').join(':');
    })
    .join(', ');
