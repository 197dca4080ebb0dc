import { start } from '@tributary/lifecycle';
import { readConfig } from './config.ts';
import { openAttribution } from './open-attribution.ts';

await start({ service: 'attribution', readConfig, open: openAttribution }, process.env);
