import { takesLargeEvent } from './large-event.suite.ts';

takesLargeEvent(10_000, 512);
