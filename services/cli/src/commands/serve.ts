import { Option } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { runningServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type ServeOptions = CommonOptions & { readonly port: number; readonly host: string };

export function addServe(add: AddCommand, context: CliContext): void {
  add('serve', 'run the server until a signal stops it')
    .addOption(new Option('--port <port>', 'port; 0 takes a free one').default(4800).argParser(portFrom))
    .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1'))
    .action((options: ServeOptions) => serve(options, context));
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Exit(EXIT.usage, `--port ${text} is not a port; give a number from 0 to 65535`);
}

async function serve({ data, host, port, json, quiet }: ServeOptions, context: CliContext): Promise<void> {
  const running = await runningServer(data);
  if (running) {
    throw new Exit(
      EXIT.failed,
      `${data} is already served at ${running.url} by process ${running.pid}; use that server or stop it`,
    );
  }
  const { startEmbedded } = await import('@tributary/embedded');
  const server = await startEmbedded({ directory: data, host, port });
  context.print(json ? `${JSON.stringify({ url: server.url, directory: data })}\n` : `${server.url}\n`);
  if (!quiet) context.report('Ctrl-C stops it.\n');
  await firstSignal(context);
  await server.close();
}

/** Resolves at the first signal; a second one ends the process at once. */
function firstSignal(context: CliContext): Promise<void> {
  return new Promise((resolve) => {
    const state = { isStopping: false };
    context.onSignal(() => {
      if (state.isStopping) context.exitNow(EXIT.failed);
      state.isStopping = true;
      resolve();
    });
  });
}
