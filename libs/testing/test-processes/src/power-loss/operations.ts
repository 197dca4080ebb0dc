import type { Entry, Names, NodeId, NodeKind } from './names.ts';

/** What a call changes on the disk, or what it makes durable. */
export type Change =
  | {
      readonly kind: 'enter';
      readonly at: Entry;
      readonly node: NodeId;
      readonly is: NodeKind;
      /** Where a symbolic link leads. */
      readonly target?: string | undefined;
    }
  | { readonly kind: 'leave'; readonly at: Entry; readonly node: NodeId }
  | { readonly kind: 'rename' | 'exchange'; readonly at: Entry; readonly to: Entry; readonly node: NodeId }
  | {
      readonly kind: 'write';
      readonly node: NodeId;
      readonly offset: number;
      readonly bytes: Buffer;
      /** Whether the file was opened with O_SYNC or O_DSYNC. */
      readonly isDurable: boolean;
    }
  | { readonly kind: 'truncate'; readonly node: NodeId; readonly size: number }
  | { readonly kind: 'sync'; readonly node: NodeId; readonly dataOnly: boolean };

/** The lines of the trace on which a call began and returned. */
export type When = { readonly begin: number; readonly end: number };

export type Operation = Change & When;

/** Bytes that the process began to send to a socket on a line of the trace. */
export type Sent = { readonly begin: number; readonly bytes: Buffer };

/** Everything that a process did to the files under a directory, which was empty at first. */
export type Recording = {
  readonly operations: readonly Operation[];
  readonly sent: readonly Sent[];
  /** The names of files as they were at the end. */
  readonly names: Names;
  /** Lines of the trace. */
  readonly lines: number;
};
