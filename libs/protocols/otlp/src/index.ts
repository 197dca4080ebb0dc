export { OTLP_METRICS, OTLP_TRACES, replayMetrics, replayTraces } from './facts/record.ts';
export { OtlpController } from './otlp.controller.ts';
export { isOtlp, OTLP_MEDIA_TYPES, sendOtlpProblem } from './wire.ts';
