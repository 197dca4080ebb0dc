export { aFact } from './facts.ts';
export { scenario } from './scenario.ts';
