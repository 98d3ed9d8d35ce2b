import { Fn, Name, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Stage } from '../../../src/cfn/generated/apigateway';
import { WebACLAssociation } from '../../../src/cfn/generated/wafv2';
import { cardDataProtection } from '../monitoring/card-data-protection';
import { logGroup, logGroupArn } from '../monitoring/log-group';
import type { DeployedApi } from './rest-api';

/** How often something may be called. */
export interface ApiThrottle {
  /** Requests a second, over time. */
  readonly requestsPerSecond: number;
  /** Requests at once, beyond which API Gateway answers 429. */
  readonly burst: number;
}

/** The stage under which an API can be called. */
export interface ApiStageSettings {
  readonly name: Name;
  readonly api: DeployedApi;
  /** What all clients together may ask of the backend. */
  readonly throttle: ApiThrottle;
  /** A web ACL of scope REGIONAL. */
  readonly webAclArn: IntrinsicFunction;
  /** Key of both logs. */
  readonly keyArn: IntrinsicFunction;
  /** Days that both logs stay. */
  readonly logRetentionInDays: number;
}

export type ApiStageHandle = Handle<'AWS::ApiGateway::Stage', never>;

/**
 * What is known of each call: who, which path, how it ended and how long it took; of the key its id, never its value.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const accessLogFormat = JSON.stringify(
  Object.fromEntries(
    Object.entries({
      requestId: 'requestId',
      time: 'requestTimeEpoch',
      sourceIp: 'identity.sourceIp',
      apiKeyId: 'identity.apiKeyId',
      userAgent: 'identity.userAgent',
      domainName: 'domainName',
      method: 'httpMethod',
      path: 'path',
      protocol: 'protocol',
      tlsVersion: 'tlsVersion',
      status: 'status',
      error: 'error.responseType',
      webAcl: 'waf.status',
      integrationStatus: 'integration.status',
      integrationError: 'integration.error',
      integrationLatency: 'integration.latency',
      latency: 'responseLatency',
      bytes: 'responseLength',
      traceId: 'xrayTraceId',
    }).map(([field, variable]) => [field, `$context.${variable}`]),
  ),
);

/** The group that API Gateway writes its own errors into. It would make one without key or retention if there were none. */
function executionLogName(apiId: string, stage: Name): Name {
  const head = 'API-Gateway-Execution-Logs_';
  return new Name(`${head}\${${apiId}}/${stage.text}`, `${head}${'x'.repeat(10)}/${stage.worstCase}`);
}

/**
 * A stage behind a web ACL, throttled, traced by X-Ray and counted in CloudWatch. Each call is logged as JSON, with card numbers masked;
 * bodies never are. The region's API Gateway needs a role for logs, which `account` gives it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function apiStage(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ApiStageSettings): ApiStageHandle {
  const { name, api, throttle, webAclArn, keyArn, logRetentionInDays } = settings;
  const kept = { retentionInDays: logRetentionInDays, keyArn, dataProtectionPolicy: cardDataProtection };
  const accessLog = logGroup(t, `${id}AccessLog`, { ...kept, name: name.after('/apigateway/') });
  const executionLog = logGroup(t, `${id}ExecutionLog`, { ...kept, name: executionLogName(api.handle.logicalId, name) });
  const stage = t.add(
    id,
    new Stage({
      RestApiId: api.handle.ref(),
      DeploymentId: api.deployment.ref(),
      StageName: name,
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: logGroupArn(accessLog), Format: accessLogFormat },
      MethodSettings: [
        {
          ResourcePath: '/*',
          HttpMethod: '*',
          ThrottlingRateLimit: throttle.requestsPerSecond,
          ThrottlingBurstLimit: throttle.burst,
          MetricsEnabled: true,
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
        },
      ],
    }),
    { after: [executionLog] },
  );
  const resourceArn = Fn.Sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}', { Api: api.handle.ref(), Stage: stage.ref() });
  t.add(`${id}WebAcl`, new WebACLAssociation({ ResourceArn: resourceArn, WebACLArn: webAclArn }));
  return stage;
}
