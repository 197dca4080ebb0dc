/**
 * The domains of a document, in the order of the model's outputs. Code, Code-NL and mathematics are separated as in
 * arXiv 2605.19762; `math/structured` is mathematics whose steps are written out. The label guide is in `model/README.md`.
 */
export const DOMAINS = [
  'code',
  'code_nl',
  'math/plain',
  'math/structured',
  'math_text',
  'knowledge',
  'other',
] as const;

export type Domain = (typeof DOMAINS)[number];

/** The version of the list above. A label that is split or renamed gets another version and a map from this one. */
export const TAXONOMY = 'tributary-domain/1';
