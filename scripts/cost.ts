import { runCommand } from '../src/cli/main';
import { Interruption } from '../src/cli/interruption';
import { processTerminal } from '../src/cli/terminal';
import { checkoutWorkspace } from '../src/cli/workspace';

/**
 * Prints `meridian cost` for every environment of the systems that are named, of LookCard by default, whichever branch is checked out.
 * @param workspace where they are built. @default this checkout
 * @param terminal  where it is printed. @default that of this process
 * @returns the first exit code that is not 0
 */
export async function costs(names: readonly string[], workspace = checkoutWorkspace(), terminal = processTerminal()): Promise<number> {
  const wanted = names.length > 0 ? names : ['lookcard'];
  for (const name of wanted) {
    const system = workspace.loadSystems().find((each) => each.name === name);
    // A name that is unknown is refused by the command, which lists those that are known.
    for (const environment of system?.environments ?? ['']) {
      const exitCode = await runCommand(['cost', name, ...(environment === '' ? [] : [environment])], { workspace, terminal, interruption: new Interruption((line) => terminal.tell(line)) });
      if (exitCode !== 0) return exitCode;
    }
  }
  return 0;
}

if (require.main === module) void costs(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode));
