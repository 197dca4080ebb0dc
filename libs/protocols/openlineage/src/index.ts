export { OpenLineageController } from './openlineage.controller.ts';
export { OPENLINEAGE, replayOpenLineage } from './record.ts';
export { streamOpenLineage } from './request-body.ts';
