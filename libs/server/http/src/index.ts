export { exposureText, shownPath } from './address.ts';
export type { Address } from './address.ts';
export { EXIT_DEAD, watchFault } from './fault-watch.ts';
export { HEALTH, HealthController } from './health.controller.ts';
export type { Health, ReadinessCondition } from './health.controller.ts';
export { faultText, sendProblem } from './problem.ts';
export { serve } from './serve.ts';
export type { Serving } from './serve.ts';
export { VERSION } from './version.ts';
