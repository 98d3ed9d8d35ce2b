import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cliDocs, cliDocsFile } from './generate-cli-docs/cli-docs';

// Writes docs/cli.md from what the `meridian` command says of itself.
mkdirSync(dirname(cliDocsFile), { recursive: true });
writeFileSync(cliDocsFile, cliDocs());
