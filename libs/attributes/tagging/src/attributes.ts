import type { Attribute } from './attribute.ts';
import { cirsAttribute } from './cirs-attribute.ts';
import { cirsTsAttribute } from './cirs-ts-attribute.ts';
import { contaminationAttribute } from './contamination-attribute.ts';
import { domainAttribute } from './domain-attribute.ts';
import { duplicatesAttribute } from './duplicates-attribute.ts';
import { licenceAttribute } from './licence-attribute.ts';
import { naturalLanguageAttribute } from './natural-language-attribute.ts';
import { scaffoldAttribute } from './scaffold-attribute.ts';
import { structureAttribute } from './structure-attribute.ts';
import { syntaxAttribute } from './syntax-attribute.ts';
import { tokensAttribute } from './tokens-attribute.ts';
import { tracesAttribute } from './traces-attribute.ts';

/** What can be measured of documents. */
export const attributes: readonly Attribute[] = [
  cirsAttribute,
  cirsTsAttribute,
  syntaxAttribute,
  structureAttribute,
  scaffoldAttribute,
  domainAttribute,
  naturalLanguageAttribute,
  tokensAttribute,
  contaminationAttribute,
  duplicatesAttribute,
  licenceAttribute,
  tracesAttribute,
];
