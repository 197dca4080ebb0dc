import { Fault } from '@tributary/kernel';
import { faultText } from '@tributary/http';

/** Says of a fault that prevents the start what to do; returns other errors as they are. */
export function explainStartFault(error: unknown, directory: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new Fault('port_taken', `port ${port} is taken; choose another one (PORT or --port)`, {
        cause: error,
      });
    case 'log_locked':
    case 'directory_in_use':
      return new Fault('directory_in_use', `${directory} is in use: ${faultText(error)}`, { cause: error });
    default:
      return error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
