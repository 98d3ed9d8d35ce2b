import { join } from 'node:path';
import { main } from '../../../src/cli/main';
import { account, corner } from './corner';

/** The `meridian` command over the test system, in the folder that comes first on its command line. */
const [folder = '', ...args] = process.argv.slice(2);
const python = process.env['CORNER_PYTHON'];

void main(args, {
  project: join(folder, 'project'),
  dist: join(folder, 'dist'),
  parameters: join(folder, 'parameters'),
  state: join(folder, '.meridian'),
  localAws: python ? { python } : {},
  loadSystems: () => [account, corner],
});
