import type { AttributionQuery } from './generated/documents.ts';

export type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;
export type Effect = Attribution['effects'][number];

/** schemas/answers/attribute.json: each effect can stand alone. */
export function attributeAnswer({ experiment, questions, effects, asOf, complete, lag }: Attribution) {
  return effects.map((effect) => ({ experiment, ...effect, questions, asOf, complete, lag }));
}
