import type { Attribute } from './attribute.ts';
import { cirsAttribute } from './cirs-attribute.ts';

/** What can be measured of documents. */
export const attributes: readonly Attribute[] = [cirsAttribute];
