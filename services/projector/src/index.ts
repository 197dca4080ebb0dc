export { projections } from './projections.ts';
export { rebuild } from './rebuild.ts';
export { sinkOf } from './sink.ts';
