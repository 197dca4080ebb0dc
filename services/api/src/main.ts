import { start } from '@tributary/lifecycle';
import { readConfig } from './config.ts';
import { openApi } from './open-api.ts';

await start({ service: 'api', readConfig, open: openApi }, process.env);
