import { start } from '@tributary/process';
import { readConfig } from './config.ts';
import { openProjector } from './open-projector.ts';

await start({ service: 'projector', readConfig, open: openProjector }, process.env);
