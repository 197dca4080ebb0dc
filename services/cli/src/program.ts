import { Command, CommanderError, Option } from 'commander';
import { addAlias } from './commands/alias.ts';
import { addAnswers } from './commands/answers.ts';
import { addAttribute } from './commands/attribute.ts';
import { addAttributes } from './commands/attributes.ts';
import { addBatch } from './commands/batch.ts';
import { addBackup } from './commands/backup.ts';
import { addCompletion } from './commands/completion.ts';
import { addCompareScores } from './commands/compare-scores.ts';
import { addConfig } from './commands/config.ts';
import { addContamination } from './commands/contamination.ts';
import { addDeadLetters } from './commands/dead-letters.ts';
import { addDecide } from './commands/decide.ts';
import { addDiff } from './commands/diff.ts';
import { addExperiments } from './commands/experiments.ts';
import { addDecisionAccuracy } from './commands/decision-accuracy.ts';
import { addDesign } from './commands/design.ts';
import { addExposure } from './commands/exposure.ts';
import { addImport } from './commands/import.ts';
import { addImports } from './commands/imports.ts';
import { addKeys } from './commands/keys.ts';
import { addLineage } from './commands/lineage.ts';
import { addList } from './commands/list.ts';
import { addMap } from './commands/map.ts';
import { addPredict } from './commands/predict.ts';
import { addPredictions } from './commands/predictions.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addRetract } from './commands/retract.ts';
import { addMetrics } from './commands/metrics.ts';
import { addRun } from './commands/run.ts';
import { addScrub } from './commands/scrub.ts';
import { addSearch } from './commands/search.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addSpikes } from './commands/spikes.ts';
import { addSource } from './commands/source.ts';
import { addStatus } from './commands/status.ts';
import { addSummary } from './commands/summary.ts';
import { addTag } from './commands/tag.ts';
import { addVerify } from './commands/verify.ts';
import { addWhatIf } from './commands/what-if.ts';
import { examplesOf } from './examples.ts';
import { EXIT, Exit } from './exit.ts';
import { CLEAR_LINE, printableJson, printableText } from '@tributary/kernel';
import { VERSION } from './version.ts';
import type { CliContext } from './context.ts';

/** Adds a command with the options that all commands have. */
export type AddCommand = (name: string, description: string) => Command;

/** `setCode` sets the exit code of a command that succeeds with another code than 0. */
export function programFor(context: CliContext, setCode: (code: number) => void): Command {
  const program = new Command('tributary')
    .version(VERSION)
    .description('Lineage, provenance and attribution for the data of language models.')
    .configureOutput({ writeOut: context.print, writeErr: context.report })
    .exitOverride();
  const add = adding(program, context);
  addServe(add, context);
  addImport(add, context, setCode);
  addImports(add, context);
  addMap(add, context);
  addTag(add, context, setCode);
  addAttributes(add, context);
  addSource(add, context);
  addList(add, context);
  addSearch(add, context);
  addShow(add, context);
  addDiff(add, context);
  addCompareScores(add, context);
  addExposure(add, context);
  addWhatIf(add, context);
  addDecide(add, context);
  addPredictions(add, context);
  addBatch(add, context);
  addSpikes(add, context);
  addSummary(add, context);
  addContamination(add, context);
  addExperiments(add, context);
  addAttribute(add, context);
  addAnswers(add, context);
  addPredict(add, context);
  addDesign(add, context);
  addDecisionAccuracy(add, context);
  addStatus(add, context);
  addDeadLetters(add, context, setCode);
  addRun(add, context);
  addMetrics(add, context);
  addConfig(add, context);
  addLineage(add, context);
  addRetract(add, context);
  addAlias(add, context);
  addRebuild(add, context, setCode);
  addVerify(add, context, setCode);
  addScrub(add, context, setCode);
  addBackup(add, context);
  addKeys(add, context);
  addCompletion(add, context, program);
  return program;
}

/** Adds a command with the options that all of them have, and its examples. */
const adding =
  (program: Command, context: CliContext): AddCommand =>
  (name, description) =>
    program
      .command(name)
      .description(description)
      .addHelpText('after', examplesText(name))
      .addOption(new Option('--json', 'print the answer as JSON (schemas/answers)'))
      .addOption(
        new Option('--data <directory>', 'data directory (or TRIBUTARY_DATA)').default(context.directory),
      )
      .addOption(new Option('--url <url>', 'use this server instead of the one of the data directory'))
      .addOption(new Option('--quiet', 'no progress and no hints'))
      .hook('preAction', (command) => {
        command.setOptionValue('environment', context.environment);
        command.setOptionValue('report', context.report);
      });

const examplesText = (command: string): string =>
  ['', 'Examples:', ...examplesOf(command).map((line) => `  ${line}`)].join('\n');

/** Runs one command line and returns the exit code. */
export async function run(argv: readonly string[], unguarded: CliContext): Promise<number> {
  const outcome: { code: number } = { code: EXIT.ok };
  const context = withoutControls(unguarded, argv.includes('--json'));
  try {
    await programFor(context, (code) => (outcome.code = code)).parseAsync([...argv]);
    return outcome.code;
  } catch (error) {
    return failed(error, argv.includes('--json'), context);
  }
}

/** Recorded text is not trusted: no stream gets a control character of it, whichever command prints it. */
const withoutControls = (context: CliContext, json: boolean): CliContext => ({
  ...context,
  print: (text) => context.print(json ? printableJson(text) : printableText(text)),
  report: (text) => context.report(text === CLEAR_LINE ? text : printableText(text)),
});

function failed(error: unknown, json: boolean, context: CliContext): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof Exit)) {
    context.report(`tributary: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  }
  if (json && error.refusal !== undefined) {
    context.print(`${JSON.stringify({ refusal: error.refusal, text: error.message })}\n`);
  } else {
    context.report(`tributary: ${error.message}\n`);
  }
  return error.code;
}
