import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cleanQueues, Shop } from './shop';

describe('check, when something it relies on is broken', function () {
  this.timeout(30_000);
  let shop: Shop;
  beforeEach(() => (shop = new Shop().build({ platform: { root: { Resources: cleanQueues() } } })));
  afterEach(() => shop.remove());

  for (const { tool, option } of [
    { tool: 'cfn-lint', option: 'cfnLint' },
    { tool: 'cfn-guard', option: 'cfnGuard' },
  ] as const) {
    const use = (command: string) => shop.check({ steps: [tool], tools: { [option]: { name: tool, command, version: '0.0.0' } } }).catch((error: unknown) => error);

    it(`fails with code 3 and the last lines when ${tool} crashes, and never calls that clean`, async () => {
      const failure = await use(shop.brokenTool(tool, 3, 'thread main panicked'));
      expect(failure).to.include({ exitCode: 3 });
      expect(String(failure)).to.contain(`${tool} 0.0.0 failed: it exited with code 3`).and.to.contain('thread main panicked');
    });

    it(`fails with code 3 when ${tool} exits with 0 and says nothing`, async () => {
      const failure = await use(shop.brokenTool(tool, 0, ''));
      expect(failure).to.include({ exitCode: 3 });
      expect(String(failure)).to.contain('printed no JSON');
    });

    it(`fails with code 3 when ${tool} can't be started`, async () => {
      expect(await use(join(shop.folder, 'nowhere'))).to.include({ exitCode: 3 });
    });
  }

  for (const { broken, text, says } of [
    { broken: 'a rule that does not parse', text: header() + "rule half when Resources exists {\n  Resources.*[ Type == 'AWS::SQS::Queue' ]", says: /half\.guard: it does not parse at line \d+, column \d+/ },
    { broken: 'a rule with a variable that nothing declares', text: `${header()}rule half when %queues !empty {\n  Resources.*[ Type == 'AWS::SQS::Queue' ] empty\n}\n`, says: /half\.guard: it uses %queues, which is not declared there\. Write "let queues = …" above/ },
    { broken: 'a rule file with two rules', text: `${header()}rule one { Resources exists }\nrule two { Resources exists }\n`, says: /it declares one and two/ },
    { broken: 'a rule without a severity', text: "# Description: x\n# Reports on: y\n\nrule half { Resources.*[ Type == 'AWS::SQS::Queue' ] empty }\n", says: /its header is incomplete.*Severity/s },
    { broken: 'a rule that Control Tower has too', text: `${header()}rule sqs_dlq_check { Resources.*[ Type == 'AWS::SQS::Queue' ] empty }\n`, says: /sqs_dlq_check ambiguous/ },
  ]) {
    it(`refuses ${broken} with code 2 and its file`, async () => {
      writeFileSync(join(shop.folder, 'rules', 'half.guard'), text);
      const refusal = await shop.check({ steps: ['cfn-guard'] }).catch((error: unknown) => error);
      expect(refusal).to.include({ exitCode: 2 });
      expect(String(refusal)).to.match(says);
    });
  }

  it('refuses to lint without .cfnlintrc.yaml, which cfn-lint would not miss', async () => {
    shop.configureLint(undefined);
    const refusal = await shop.check({ steps: ['cfn-lint'] }).catch((error: unknown) => error);
    expect(refusal).to.include({ exitCode: 2 });
  });
});

function header(): string {
  return '# Description: Half a rule.\n# Reports on: AWS::SQS::Queue\n# Severity: LOW\n\n';
}
