import { estimate } from './estimate.ts';

/* The pool calls a worker module's default export. */
// oxlint-disable-next-line import/no-default-export
export default estimate;
