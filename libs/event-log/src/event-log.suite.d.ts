import type { OpenLog } from './log-under-test.suite.ts';
/** The laws of an event log, whatever it is made of. Opening a log in a topic takes a while, so fewer histories do. */
export declare function describeEventLog(name: string, open: OpenLog, histories?: number): void;
