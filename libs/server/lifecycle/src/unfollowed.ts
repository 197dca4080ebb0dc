import { faultText } from '@tributary/http';
import type { EventTopic } from './event-topic.ts';

/**
 * Why this process does not know what was recorded since; undefined while it follows the log. Its own copy of the log, which
 * tells how far the log is, stands still where it cannot be written as much as where no broker answers.
 */
export function unfollowed(events: Pick<EventTopic, 'fault' | 'dead' | 'overdue'>): string | undefined {
  const fault = events.fault() ?? events.dead() ?? events.overdue();
  return fault === undefined ? undefined : `the log cannot be followed at present: ${faultText(fault)}`;
}
