import { Fn, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { LogGroup } from '../../../src/cfn/generated/logs';
import { Canary } from '../../../src/cfn/generated/synthetics';
import { bucket } from '../security/bucket';
import { emptied } from '../security/emptied';
import { allow, arn, inside } from '../security/policy';
import { serviceRole } from '../security/role';
import { walkScript } from './canary-script';

/** A canary that visits a site as users do. */
export interface CanarySettings {
  /** The canary's part of its name. */
  readonly name: string;
  /** Where the site is, without a path: `https://portal.example.com`. */
  readonly site: Value<string>;
  /** The paths that it visits in turn, each of which must answer 200. */
  readonly paths: readonly string[];
  /** Minutes between two visits. @default 5 */
  readonly everyMinutes?: number;
  /** Key of its artifacts and log. */
  readonly keyArn: IntrinsicFunction;
  readonly logRetentionInDays: number;
}

/**
 * The runtime with Puppeteer on Node 22. Not the one with Playwright: CloudFormation packs a script that stands in a template where
 * only Puppeteer's finds it.
 * @see https://github.com/aws/aws-cdk/issues/34465
 */
const runtime = 'syn-nodejs-puppeteer-16.1';

/** Days that screenshots and request logs of a visit stay. */
const artifactDays = 30;

/**
 * A canary in a real browser, outside any VPC. Its bucket, its log group and what Synthetics makes for it all go with its stack: the
 * bucket is emptied after the canary is gone, and only the stack may make the log group, not the function that writes into it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html
 */
export function canary(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CanarySettings): Handle<'AWS::Synthetics::Canary', 'Id'> {
  const { name: part, site, paths, everyMinutes = 5, keyArn, logRetentionInDays } = settings;
  const name = t.resourceName(part);
  const { handle: artifacts, policy } = bucket(t, `${id}Artifacts`, { name: t.resourceName(part, 'world'), key: keyArn, expireAfterDays: artifactDays, noncurrentDays: 7, retained: false });
  const emptying = emptied(t, { name: `empty-${part}`, buckets: { [`${id}Artifacts`]: artifacts }, keyArn, logRetentionInDays });
  const artifactsArn = artifacts.att('Arn');
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(part, 'account'),
    description: `Role of the ${part} canary`,
    service: 'lambda.amazonaws.com',
    // Lambda sends no source account when it assumes an execution role.
    trustCondition: 'none',
    statements: [
      allow(['s3:PutObject', 's3:GetObject'], [inside(artifactsArn, '/*')]),
      allow(['s3:GetBucketLocation'], [artifactsArn]),
      allow(['s3:ListAllMyBuckets'], ['*']),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], { StringEquals: { 'kms:ViaService': Fn.Sub('s3.${AWS::Region}.${AWS::URLSuffix}') } }),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [arn('logs', `log-group:/aws/lambda/cwsyn-${name.text}-*`)]),
      allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } }),
    ],
  });
  const handle = t.add(
    id,
    new Canary({
      Name: name,
      RuntimeVersion: runtime,
      Code: { Handler: 'index.handler', Script: walkScript },
      ExecutionRoleArn: role.att('Arn'),
      ArtifactS3Location: Fn.Sub('s3://${Artifacts}', { Artifacts: artifacts.ref() }),
      ArtifactConfig: { S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: keyArn } },
      Schedule: { Expression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})` },
      RunConfig: { TimeoutInSeconds: 60, MemoryInMB: 1024, EnvironmentVariables: { SITE: site, PATHS: paths.join(',') } },
      SuccessRetentionPeriod: artifactDays,
      FailureRetentionPeriod: artifactDays,
      StartCanaryAfterCreation: true,
      ProvisionedResourceCleanup: 'AUTOMATIC',
    }),
    { after: [policy, ...Object.values(emptying)] },
  );
  const logName = Fn.Sub('/aws/lambda/cwsyn-${Canary}-${Id}', { Canary: handle.ref(), Id: handle.att('Id') });
  t.add(`${id}Log`, new LogGroup({ LogGroupName: logName, RetentionInDays: logRetentionInDays, KmsKeyId: keyArn }).keep('Delete'));
  return handle;
}
