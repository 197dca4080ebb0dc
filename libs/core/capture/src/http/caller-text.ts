import type { Fault } from '@tributary/kernel';

/**
 * What callers read of faults whose own text is for the operator: it names folders and addresses of the server, or quotes the
 * engine. The text itself goes to the log.
 */
const SENTENCES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    engine_refused: 'the engine refused a query of this request; the log of the server says why',
    engine_unreachable:
      'the engine of the tables does not answer; the log of the server says why: ask again later',
    credentials_refused:
      'the engine of the tables refuses the credentials of the server; the log of the server says which',
    not_clickhouse:
      'what answers the server is no engine of tables; the log of the server says where it asks',
    query_overdue:
      'a query of this request was stopped because it exceeded its time limit: ask for less at once, or again when the server has less to do, or set TRIBUTARY_QUERY_TIMEOUT_MS of the server',
    part_damaged: 'a part of a table cannot be read; the log of the server says which',
    unexpected_row:
      'the tables answer in another form than this version reads; the log of the server says how',
    attribution_unreachable:
      'the attribution service does not answer; the log of the server says why: ask again later',
    attribution_failed: 'the attribution service has failed; the log of the server says why',
    attribution_older:
      'the attribution service is older than this server and cannot answer this; replace it, then ask again',
    dead_letters_missing:
      'the folder of the dead letters is not the one of this log, so nothing refused is kept, and nothing of this request was stored; the log of the server says which: restart the server',
    folder_unmarked:
      'a folder of the server could not be marked as that of its log, so nothing was stored there: send the same again, and where that does not help, give the user of the server the right to write there, and enough open files; the log of the server says where',
  }),
);

/** Where the text of the engine begins. It may quote statements, rows and files. */
const ENGINE_TEXT = /(\(?)Code: \d+\. DB::Exception:.*$/s;
const IN_LOG = 'the log of the server says why';

/** The folders of an absolute path, after what may stand before one. */
const FOLDERS = /(?<=^|[\s'"`(=,])\/(?:[^\s'"`(),/]+\/)+/g;

/** Whether the text of a fault is in the log alone. */
export const isInLogAlone = ({ code }: Pick<Fault, 'code'>): boolean => SENTENCES.has(code);

/** What callers read of a fault: a sentence that names nothing of the machine where the fault has one. */
export const callerText = ({ code, message }: Pick<Fault, 'code' | 'message'>): string =>
  SENTENCES.get(code) ?? message;

/** The same for a fault of the server itself, whose text may have that of another one in it. */
export const serverFaultText = (fault: Pick<Fault, 'code' | 'message'>): string =>
  callerText(fault)
    .replace(ENGINE_TEXT, (_text, bracket) => (bracket === '' ? IN_LOG : `(${IN_LOG})`))
    .replaceAll(FOLDERS, '…/');
