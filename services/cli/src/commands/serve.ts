import { Option } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { announceNew } from '../server/reach.ts';
import { serverOf } from '../server/server-of.ts';
import { servingSettings } from '../server/server-settings.ts';
import { startServer } from '../server/start-server.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type ServeOptions = CommonOptions & {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: string;
};

export function addServe(add: AddCommand, context: CliContext): void {
  add('serve', 'run the server until a signal stops it')
    .addOption(new Option('--port <port>', 'port; 0 takes a free one').default(4800).argParser(portFrom))
    .addOption(new Option('--host <host>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      new Option('--allowed-hosts <names>', 'host names of this server besides localhost and IP addresses')
        .default('', 'none')
        .env('TRIBUTARY_ALLOWED_HOSTS'),
    )
    .action((options: ServeOptions) => serve(options, context));
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Exit(EXIT.usage, `--port ${text} is not a port; give a number from 0 to 65535`);
}

async function hostsFrom(text: string): Promise<readonly string[]> {
  const { hostNames } = await import('@tributary/configuration');
  const names = hostNames.safeParse(text);
  if (names.success) return names.data;
  throw new Exit(EXIT.usage, `--allowed-hosts ${text}: ${names.error.issues[0]?.message}`);
}

async function serve(options: ServeOptions, context: CliContext): Promise<void> {
  const { data, host, port, json, quiet } = options;
  const allowedHosts = await hostsFrom(options.allowedHosts);
  const { access, ...settings } = await servingSettings(options);
  const running = await serverOf(data);
  if (running.kind === 'running') {
    throw new Exit(
      EXIT.failed,
      `${data} is already served at ${running.url} by process ${running.pid}; use that server or stop it`,
    );
  }
  if (!quiet) announceNew(data, context.report);
  const writeLine = (line: string): void => context.report(line);
  const server = await startServer(options, { host, port, allowedHosts, ...access, ...settings, writeLine });
  const { metricsUrl } = server;
  context.print(json ? `${JSON.stringify({ url: server.url, directory: data })}\n` : `${server.url}\n`);
  if (metricsUrl !== undefined && !quiet) context.report(`The metrics are on ${metricsUrl}/metrics.\n`);
  if (server.exposure !== undefined) context.report(`Listens on ${server.listening}. ${server.exposure}\n`);
  for (const warning of server.warnings) context.report(`${warning}\n`);
  if (!quiet) context.report('Ctrl-C stops it.\n');
  const signalled = firstSignal(context);
  const fault = await Promise.race([signalled, server.died]);
  await server.close();
  if (fault instanceof Error)
    throw new Exit(EXIT.dead, `a part of the server has died, so it ended: ${fault.message}`);
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
