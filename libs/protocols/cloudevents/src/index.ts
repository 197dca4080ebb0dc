import type { Type } from '@nestjs/common';
import { BlobsController } from './blobs.controller.ts';
import { EventsController } from './events.controller.ts';

export { streamBlobs } from './blobs.controller.ts';
export { EVENTS, replayEvents } from './replay.ts';

/** CloudEvents over HTTP, and the data of events that are too long to be sent whole. */
export const cloudEventsControllers: Type[] = [EventsController, BlobsController];
