import { estimate } from './estimate.ts';

/* The pool calls the default export of the module. */
// oxlint-disable-next-line import/no-default-export
export default estimate;
