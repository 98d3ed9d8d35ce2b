import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, type GuardRule } from '../../../src/check/cfn-guard/rule';
import { checkout, controlTowerRules } from '../../../src/toolchain';

/** A temporary project whose rules are the real register and those written here. */
export class RuleFolder {
  readonly project = mkdtempSync(join(tmpdir(), 'meridian-rules-'));
  private readonly rules = join(this.project, 'rules');

  constructor() {
    cpSync(join(checkout, 'rules', 'controls'), join(this.rules, 'controls'), { recursive: true });
  }

  /** Writes a rule whose header names these controls, and which asks that the parameter `/sample/mark` has this value. */
  rule(name: string, controls: string, value = 'here'): this {
    const header = [`# Description: ${name}`, '# Reports on: AWS::SSM::Parameter', `# Controls: ${controls}`, '# Severity: HIGH', '# Requirements: KSH-12', '# Scenarios: none'];
    const rule = `let parameters = Resources.*[ Type == 'AWS::SSM::Parameter' Properties.Name == '/sample/mark' ]\n\nrule ${name} when %parameters !empty {\n  %parameters.Properties.Value == '${value}'\n}\n`;
    mkdirSync(join(this.rules, 'ssm'), { recursive: true });
    writeFileSync(join(this.rules, 'ssm', `${name}.guard`), `${header.join('\n')}\n\n${rule}`);
    return this;
  }

  /** Writes a file of the register. */
  controls(file: string, text: string): this {
    writeFileSync(join(this.rules, 'controls', file), text);
    return this;
  }

  load(): GuardRule[] {
    return loadRules({ own: this.rules, controlTower: controlTowerRules() });
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }
}
