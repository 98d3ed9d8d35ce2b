import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRegistry } from './generate-resource-types/registry';
import { readSam } from './generate-resource-types/sam';
import { write } from './generate-resource-types/write';

const checkout = resolve(__dirname, '..');

/** The generated resource types as they should stand in `src/cfn/generated`, by file name. */
export function generate(): Map<string, string> {
  const names = JSON.parse(readFileSync(join(checkout, 'src/cfn/resource-types.json'), 'utf8')) as string[];
  const [sam, registry] = [names.filter((name) => name.startsWith('AWS::Serverless::')), names.filter((name) => !name.startsWith('AWS::Serverless::'))];
  return write([...readRegistry(registry), ...readSam(checkout, sam)]);
}

if (require.main === module) {
  const folder = join(checkout, 'src/cfn/generated');
  const files = generate();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  console.log(`${files.size} files in src/cfn/generated`);
}
