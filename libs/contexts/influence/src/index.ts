export { influenceProjection } from './projection.ts';
export { influences } from './queries.ts';
