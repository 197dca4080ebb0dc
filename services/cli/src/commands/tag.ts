import { Option } from 'commander';
import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { progressOn } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { bandsOf, wholeNumber } from '../tag/tag-request.ts';
import type { TagOptions } from '../tag/tag-request.ts';

export function addTag(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  const command = add(
    'tag',
    'measure attributes of the documents of a file: JSON, JSONL, Parquet or text, plain, gzip or zstd',
  )
    .argument('<path>', 'file, or a folder of files')
    .addOption(
      new Option('--attribute <name>', 'what to measure; may be repeated; `tributary attributes` lists them')
        .default([], 'cirs')
        .argParser((name: string, before: string[]) => [...before, name]),
    )
    .addOption(new Option('--field <field>', 'field of a row that holds its text (default: the usual one)'))
    .addOption(new Option('--code', 'the text is code as a whole, not text with blocks of code in it'))
    .addOption(
      new Option(
        '--tokenizer <name>',
        'what tokens are counted by: cl100k_base, o200k_base, p50k_base, r50k_base',
      ),
    )
    .addOption(new Option('--language <name>', 'language of code whose text or file does not say it'))
    .addOption(
      new Option(
        '--normaliser <file or id>',
        'file or id of the statistics that scores are relative to (default: those of the measured documents)',
      ),
    )
    .addOption(
      new Option('--documents', 'print the values of each document and why others have none; append nothing'),
    )
    .addOption(new Option('--dry-run', 'print what was measured and append nothing'))
    .addOption(
      new Option(
        '--facts <file>',
        'write the facts to this file, for `tributary import`, and append nothing',
      ),
    )
    .addOption(new Option('--shard <id>', 'the shard that the file is (default: its name and digest)'))
    .addOption(
      new Option('--sample <rows>', 'measure this many rows, drawn by --seed').argParser(wholeNumber),
    )
    .addOption(new Option('--seed <seed>', 'seed of --sample, and of the hashes of duplicates').default('0'));
  addTraces(addComparisons(command)).action(async (path: string, options: TagOptions) => {
    /* Loaded when it is used: other commands start without it. */
    const { tag } = await import('../tag/tag.ts');
    const isComplete = await tag(path, options, context, progressOn(context, options));
    if (!isComplete) setCode(EXIT.rejects);
  });
}

/** The options of attributes that compare words. */
const addComparisons = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--against <file>',
        'evaluation items, lines of JSON or an array, that contamination looks for in the documents',
      ),
    )
    .addOption(
      new Option('--against-field <field>', 'field of the items to look for; may be repeated')
        .default([], 'every text')
        .argParser((name: string, before: string[]) => [...before, name]),
    )
    .addOption(
      new Option(
        '--benchmark <name>',
        'the benchmark that the items are of, by the name that its scores have: records what was searched and found, for `tributary contamination`',
      ),
    )
    .addOption(new Option('--benchmark-version <version>', 'version of that benchmark'))
    .addOption(
      new Option(
        '--only-field',
        'the shard is only the searched field of its rows: without it a search that leaves out other text is one of a part',
      ),
    )
    .addOption(
      new Option(
        '--ngram <words>',
        'words of an n-gram (default: 13 for contamination, 5 for duplicates)',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option(
        '--bands <bands x rows>',
        'bands of MinHash signatures that duplicates are found by (default: 14x8)',
      ).argParser(bandsOf),
    );

/** The options of traces. */
const addTraces = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--verify',
        'run the code of traces again, isolated, and compare its states with those recorded',
      ),
    )
    .addOption(
      new Option(
        '--verify-without-isolation',
        'as --verify, with limits alone: the code can reach the network and files of the user',
      ),
    )
    .addOption(new Option('--python <program>', 'Python that runs the code of traces (default: python3)'));
