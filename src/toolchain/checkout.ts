import { join } from 'node:path';

/** The folder of this checkout: templates, rules and tools are found from here, whatever the working directory is. */
export const checkout = join(__dirname, '..', '..');

/** Where set-up puts what it installs, apart from Node packages. */
export const toolsFolder = join(checkout, '.tools');

/** The command that installs what is missing, as it is named in errors. */
export const setUpCommand = 'node scripts/setup.mjs';
