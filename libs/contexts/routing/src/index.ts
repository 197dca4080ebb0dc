export { routingProjection } from './projection.ts';
export { loads } from './queries.ts';
