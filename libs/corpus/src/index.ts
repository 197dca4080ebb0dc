export { corpusProjection } from './projection.ts';
