import { processTerminal } from '../src/cli/terminal';
import { checkoutWorkspace } from '../src/cli/workspace';
import { mutateCommand } from './mutate/command';

void mutateCommand(process.argv.slice(2), checkoutWorkspace(), processTerminal()).then((code) => (process.exitCode = code));
