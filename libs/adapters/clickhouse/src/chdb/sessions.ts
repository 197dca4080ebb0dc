import type { Session } from 'chdb';
import { engineFault } from '../engine-fault.ts';

/** Runs one statement and answers with its text. `subject` names it in faults. */
export async function runStatement(
  session: Session,
  subject: string,
  sql: string,
  format = 'TabSeparated',
): Promise<string> {
  try {
    return (await session.queryAsync(sql, { format })).text();
  } catch (cause) {
    await discardPartialOutput(session);
    throw engineFault(subject, engineCode(cause), cause);
  }
}

/** What a statement had written before it failed would stand before the next answer of the session. */
const discardPartialOutput = (session: Session): Promise<unknown> =>
  session.queryAsync('SELECT 1', { format: 'TabSeparated' }).catch(() => undefined);

function engineCode(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('clickhouseCode' in cause)) return undefined;
  return typeof cause.clickhouseCode === 'number' ? cause.clickhouseCode : undefined;
}
