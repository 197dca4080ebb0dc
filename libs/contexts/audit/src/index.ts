export { auditProjection } from './projection.ts';
export { auditActions, publishedCheckpoints } from './queries.ts';
