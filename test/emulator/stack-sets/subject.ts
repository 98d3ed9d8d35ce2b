import type {
  CloudFormation,
  CreateStackInstancesCommandInput,
  CreateStackSetCommandInput,
  DeleteStackInstancesCommandInput,
  StackInstanceSummary,
  StackSetOperation,
  StackSetOperationResultSummary,
  UpdateStackSetCommandInput,
} from '@aws-sdk/client-cloudformation';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { REAL, type Target } from './target';
import type { Roles } from './roles';

const POLL_MS = REAL ? 3_000 : 15;

/**
 * A template small enough for a real account: one parameter in Parameter Store. `FailIn` names a region where its stack fails
 * at once, on a nested stack whose template does not exist; `SlowIn` one where it fails only after a second.
 */
export const TEMPLATE = JSON.stringify({
  Parameters: {
    Label: { Type: 'String', Default: 'first' },
    FailIn: { Type: 'String', Default: 'nowhere' },
    SlowIn: { Type: 'String', Default: 'nowhere' },
  },
  Conditions: {
    Fails: { 'Fn::Equals': [{ Ref: 'FailIn' }, { Ref: 'AWS::Region' }] },
    Slow: { 'Fn::Equals': [{ Ref: 'SlowIn' }, { Ref: 'AWS::Region' }] },
  },
  Resources: {
    Note: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Label' } } },
    Broken: {
      Type: 'AWS::CloudFormation::Stack',
      Condition: 'Fails',
      Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::Region}.amazonaws.com/meridian-conformance-absent-${AWS::AccountId}/absent.json' } },
    },
    Signal: { Type: 'AWS::CloudFormation::WaitConditionHandle', Condition: 'Slow' },
    Wait: { Type: 'AWS::CloudFormation::WaitCondition', Condition: 'Slow', Properties: { Handle: { Ref: 'Signal' }, Timeout: '1' } },
  },
});

/** Parameters of {@link TEMPLATE} as the API takes them. */
export function parameters(values: { Label?: string; FailIn?: string; SlowIn?: string }): { ParameterKey: string; ParameterValue: string }[] {
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

/** One stack set with a name of its own, the calls a rule makes on it, and its removal. */
export class Subject {
  readonly name = `meridian-conformance-${randomBytes(4).toString('hex')}`;
  readonly cloudFormation: CloudFormation;

  constructor(
    readonly target: Target,
    readonly roles: Roles,
  ) {
    this.cloudFormation = target.cloudFormation();
  }

  /** Account and both regions, as most calls take them. */
  get everywhere(): { Accounts: string[]; Regions: string[] } {
    return { Accounts: [this.target.account], Regions: [...this.target.regions] };
  }

  /** Makes the stack set of {@link TEMPLATE}. */
  async create(changes: Partial<CreateStackSetCommandInput> = {}): Promise<string> {
    const { StackSetId } = await this.cloudFormation.createStackSet({ StackSetName: this.name, TemplateBody: TEMPLATE, ...this.roles, ...changes });
    return StackSetId ?? '';
  }

  /** Makes instances, one region after the other, and waits. */
  async createInstances(changes: Partial<CreateStackInstancesCommandInput> = {}): Promise<StackSetOperation> {
    return this.ended(
      this.cloudFormation.createStackInstances({
        StackSetName: this.name,
        ...this.everywhere,
        OperationPreferences: { RegionOrder: [...this.target.regions] },
        ...changes,
      }),
    );
  }

  /** Starts an update of the stack set with {@link TEMPLATE}, one region after the other. */
  startUpdate(changes: Partial<UpdateStackSetCommandInput> = {}): Promise<{ OperationId?: string }> {
    const template = changes.TemplateBody || changes.TemplateURL ? {} : { UsePreviousTemplate: true };
    return this.cloudFormation.updateStackSet({
      StackSetName: this.name,
      ...template,
      ...this.roles,
      OperationPreferences: { RegionOrder: [...this.target.regions] },
      ...changes,
    });
  }

  /** Updates the stack set and waits. */
  update(changes: Partial<UpdateStackSetCommandInput> = {}): Promise<StackSetOperation> {
    return this.ended(this.startUpdate(changes));
  }

  /** Deletes all instances and waits. */
  deleteInstances(changes: Partial<DeleteStackInstancesCommandInput> = {}): Promise<StackSetOperation> {
    return this.ended(this.cloudFormation.deleteStackInstances({ StackSetName: this.name, ...this.everywhere, RetainStacks: false, ...changes }));
  }

  /** The operation, once it ended. */
  async ended(started: Promise<{ OperationId?: string }>): Promise<StackSetOperation> {
    const { OperationId } = await started;
    for (;;) {
      const operation = await this.operation(OperationId);
      if (!['QUEUED', 'RUNNING', 'STOPPING'].includes(operation.Status ?? '')) {
        return operation;
      }
      await sleep(POLL_MS);
    }
  }

  /** The operation as it is now. */
  async operation(OperationId: string | undefined): Promise<StackSetOperation> {
    const { StackSetOperation } = await this.cloudFormation.describeStackSetOperation({ StackSetName: this.name, OperationId });
    return StackSetOperation ?? {};
  }

  /** The instance in a region, of the first account unless another is named. */
  async instance(region: string, account = this.target.account): Promise<StackInstanceSummary> {
    const { Summaries = [] } = await this.cloudFormation.listStackInstances({ StackSetName: this.name, StackInstanceRegion: region, StackInstanceAccount: account });
    return Summaries[0] ?? {};
  }

  /** What the operation did, by region. */
  async results(operation: StackSetOperation): Promise<Record<string, StackSetOperationResultSummary>> {
    const { Summaries = [] } = await this.cloudFormation.listStackSetOperationResults({ StackSetName: this.name, OperationId: operation.OperationId });
    return Object.fromEntries(Summaries.map((result) => [result.Region ?? '', result]));
  }

  /** The value of a parameter of the stack that stands in a region. */
  async deployedParameter(region: string, key: string): Promise<string | undefined> {
    const { StackId } = await this.instance(region);
    const { Stacks: [stack] = [] } = await this.target.cloudFormation(region).describeStacks({ StackName: StackId });
    return stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === key)?.ParameterValue;
  }

  /** Removes instances, stacks and stack set, whatever state they are in. */
  async remove(): Promise<void> {
    const { Summaries: operations = [] } = await this.cloudFormation.listStackSetOperations({ StackSetName: this.name });
    for (const { OperationId } of operations.filter(({ Status }) => ['QUEUED', 'RUNNING', 'STOPPING'].includes(Status ?? ''))) {
      await this.ended(Promise.resolve({ OperationId }));
    }
    const { Summaries: instances = [] } = await this.cloudFormation.listStackInstances({ StackSetName: this.name });
    if (instances.length > 0) {
      const accounts = [...new Set(instances.map(({ Account }) => Account ?? ''))];
      await this.deleteInstances({ Accounts: accounts, Regions: [...new Set(instances.map(({ Region }) => Region ?? ''))] });
    }
    await this.cloudFormation.deleteStackSet({ StackSetName: this.name });
  }
}
