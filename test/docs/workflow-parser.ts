import { buildSync } from 'esbuild';

/** Where a workflow is not what GitHub takes, and why. */
interface WorkflowProblem {
  readonly message: string;
}

interface Parser {
  readonly problemsOf: (text: string) => Promise<readonly WorkflowProblem[]>;
}

const adapter = `
  import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
  export async function problemsOf(content) {
    const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
    if (value !== undefined) await convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map(({ message }) => ({ message }));
  }
`;

/** GitHub's own parser of workflows. It imports its schema in a way that only bundlers take, so it is bundled first. */
export function workflowParser(): Parser {
  const { outputFiles } = buildSync({ stdin: { contents: adapter, resolveDir: __dirname }, bundle: true, platform: 'node', format: 'cjs', write: false, logLevel: 'silent' });
  const bundle: { exports: Partial<Parser> } = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]!.text)(bundle, bundle.exports, require);
  return bundle.exports as Parser;
}
