export { readTrace } from './read-trace.ts';
export { openSandbox } from './sandbox.ts';
export type { Sandbox, SandboxOptions } from './sandbox.ts';
export { TRACE_VALUES, traceGroups, traceValues } from './trace-values.ts';
export { verify } from './verify.ts';
export type { Verdict } from './verify.ts';
