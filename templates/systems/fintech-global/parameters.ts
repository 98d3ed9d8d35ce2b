import type { ParameterDefinition } from '../../../src/cfn';
import { alarmEmail, domainName, imageByDigest } from '../../modules/parameters';

const switchedOff = { Type: 'String', Default: 'disabled', AllowedValues: ['disabled', 'enabled'] } as const satisfies ParameterDefinition;

/** The deploy-time parameters of the platform, as `parameters/fintech-global/<environment>.yaml` fills them in. */
export const parameters = {
  ProjectName: {
    Type: 'String',
    Default: 'fintechglobal',
    Description: 'Begins the names of budgets and cost reports, which are the account’s and carry no environment',
    AllowedPattern: '^[a-z][a-z0-9-]{2,19}$',
    ConstraintDescription: '3 to 20 small letters, digits and hyphens, beginning with a letter',
  },
  DomainName: domainName('fintechglobal.example.com'),
  AlertEmail: { ...alarmEmail, Description: 'Address that receives alarms and budget alerts; it must confirm each subscription once' },
  ApiImage: imageByDigest('API'),
  WorkerImage: imageByDigest('Worker'),
  ClusterAdministratorRoleArn: {
    Type: 'String',
    Default: '',
    Description: 'ARN of the role whose bearers administer the namespaces of the Kubernetes cluster; none leaves the cluster to its pipeline',
    AllowedPattern: '^(arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+)?$',
    ConstraintDescription: 'the ARN of an IAM role, or nothing',
  },
  DeploymentRoleArn: {
    Type: 'String',
    Default: '',
    Description: 'ARN of the role with which the pipeline applies manifests',
    AllowedPattern: '^(arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+)?$',
    ConstraintDescription: 'the ARN of an IAM role, or nothing',
  },
  MonthlyBudgetLimit: { Type: 'Number', Default: 5000, MinValue: 1, Description: 'US dollars that the account may spend in a month before its budget tells' },
  CostGovernance: {
    Type: 'String',
    Default: 'create',
    AllowedValues: ['create', 'exists'],
    Description: 'Write exists where another environment in the account has the account’s budgets already: they are made once',
  },
  CreateAnomalyMonitor: {
    Type: 'String',
    Default: 'create',
    AllowedValues: ['create', 'exists'],
    Description: 'Write exists where the account already monitors spending by linked account, of which AWS allows one monitor, or is a member of an organisation, whose payer alone may',
  },
  CostExport: { ...switchedOff, Description: 'Whether the cost and usage report is exported to a bucket and laid out for Athena' },
} as const satisfies Record<string, ParameterDefinition>;
