import type { Recording } from '@tributary/test-processes';

/** What a process told a client to be recorded, and the line of the trace on which it began to say so. */
export type Acknowledgement = {
  readonly line: number;
  readonly receipts: readonly { readonly id: string; readonly position: string; readonly hash: string }[];
  readonly deadLetters: readonly string[];
};

type Item = {
  readonly id: string;
  readonly position?: string;
  readonly hash?: string;
  /** Of an event that was refused. */
  readonly deadLetterId?: string;
};
type Answer = { readonly receipts?: readonly Item[]; readonly errors?: readonly Item[] };

/** The answers that a process sent: of HTTP, or lines of JSON. */
export function acknowledgements({ sent }: Recording): Acknowledgement[] {
  return sent.flatMap(({ begin, bytes }) => {
    const text = bytes.toString();
    const body = text.startsWith('HTTP/') ? text.slice(text.indexOf('\r\n\r\n') + 4) : text;
    if (!body.startsWith('{') || !body.includes('"receipts"')) return [];
    const { receipts = [], errors = [] }: Answer = JSON.parse(body);
    return {
      line: begin,
      receipts: receipts.flatMap(({ id, position, hash }) =>
        position === undefined || hash === undefined ? [] : { id, position, hash },
      ),
      deadLetters: [...receipts, ...errors].flatMap(({ deadLetterId }) => deadLetterId ?? []),
    };
  });
}
