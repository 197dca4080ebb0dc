import { takesLargeEvent } from './large-event.suite.ts';

takesLargeEvent(100_000, 512);
