import { z } from 'zod';
import { toolFailed, type ToolOutput } from '../tool';
import type { Tool } from '../../toolchain';
import { didNotApply, type Verdict, type Verdicts } from './verdict';
import { violationsOf } from './violation';

const reportSchema = z.array(
  z.object({
    name: z.string(),
    not_compliant: z.array(z.object({ Rule: z.object({ name: z.string(), checks: z.array(z.unknown()) }) })),
    not_applicable: z.array(z.string()),
    compliant: z.array(z.string()),
  }),
);

/**
 * Reads what `cfn-guard validate --structured --output-format json` printed: the path of each data file → the verdict of each rule.
 *
 * A Control Tower file declares its rule twice, for templates and for hooks, so that a name can be judged and at the same time
 * listed as not applicable: a failure counts before a pass, and a pass before "did not apply".
 * @param ruleNames the rules that must have been judged
 * @throws MeridianError with exit code 3 when the output is no such report, or a rule is missing in it
 */
export function readReport(tool: Tool, output: ToolOutput, ruleNames: readonly string[]): Map<string, Verdicts> {
  return new Map(
    parseReport(tool, output).map(({ name, not_compliant, not_applicable, compliant }) => {
      const verdicts = new Map<string, Verdict>(not_applicable.map((rule) => [rule, didNotApply]));
      for (const rule of compliant) verdicts.set(rule, { state: 'passed' });
      for (const { Rule } of not_compliant) verdicts.set(Rule.name, { state: 'failed', violations: violationsOf(Rule.name, Rule.checks) });
      const missing = ruleNames.filter((rule) => !verdicts.has(rule));
      if (missing.length > 0) throw toolFailed(tool, `it did not evaluate ${missing.slice(0, 3).join(', ')} on ${name}`, { stdout: '', stderr: output.stderr });
      return [name, verdicts];
    }),
  );
}

function parseReport(tool: Tool, output: ToolOutput): z.infer<typeof reportSchema> {
  let json: unknown;
  try {
    json = JSON.parse(output.stdout);
  } catch (cause) {
    throw toolFailed(tool, `it exited with code ${output.code} and printed no JSON`, output, cause);
  }
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) throw toolFailed(tool, `its report has another form than version ${tool.version} promises`, output, parsed.error);
  return parsed.data;
}
