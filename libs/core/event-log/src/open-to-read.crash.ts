import { open } from 'lmdb';
import { whileCommitsPause } from './while-commits-pause.ts';

/** Opens the LMDB file of a directory to read, beside the process that commits there, with the pause or without. */
const [directory = '', mode = ''] = process.argv.slice(2);
const openReadOnly = () => open({ path: directory, noSubdir: false, readOnly: true, maxDbs: 8 });
const environment = mode === 'asking' ? await whileCommitsPause(directory, openReadOnly) : openReadOnly();
await environment.close();
