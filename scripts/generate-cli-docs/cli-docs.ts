import { join } from 'node:path';
import type { Command } from 'commander';
import { meridian } from '../../src/cli/program';
import { checkout } from '../../src/toolchain/checkout';

/** The page that `cliDocs` is kept in. */
export const cliDocsFile = join(checkout, 'docs', 'cli.md');

/** Characters in a line of a help text on the page. */
const width = 120;

const introduction = `# The meridian command

In a checkout it is \`npx meridian\`, or \`npm run meridian --\`; \`npm run build:templates\`, \`check\`, \`rollout\`, \`status\`, \`destroy\` and
\`doctor\` are short for its commands. Results go to standard output, progress and errors to standard error. Colours appear only on a
terminal, and never with \`NO_COLOR\`. With \`--json\` a command prints one JSON document whose \`exitCode\` is the process's, also when it fails.

**Where a rehearsal runs.** \`rollout\` uses the local AWS that runs in the background (\`meridian local start\`). When none does, it starts
one that ends with the rollout, unless \`--keep\` is given: a command leaves no process behind that nobody asked for. \`status\` and
\`destroy\` need one that runs, because there is nothing to see on a fresh one.

**Ctrl-C** during a rollout or a destruction ends it after the current operation, with exit code 4, and the same command goes on from
there. A second Ctrl-C ends the command at once; on a real account the operation goes on without it. Everything else ends at once.

This page is generated from the commands' help by \`npm run generate:cli-docs\`.
`;

/** The page of all commands with their help, as Markdown. */
export function cliDocs(): string {
  const program = meridian(() => Promise.resolve());
  return [introduction, ...sections(program, '')].join('\n');
}

function sections(command: Command, parents: string): string[] {
  const name = `${parents}${command.name()}`;
  const own = `## ${name}\n\n\`\`\`text\n${helpOf(command).trim()}\n\`\`\`\n`;
  return [own, ...command.commands.flatMap((each) => sections(each, `${name} `))];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHelpWidth: () => width, getOutHasColors: () => false });
  command.outputHelp();
  return text;
}
