import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { api, apiTemplate } from '../../../templates/systems/lookcard/api';
import { services } from '../../../templates/systems/lookcard/services';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { learnt, unusual } from '../alarm-terms';
import { maskedCardData } from '../kasha/card-data';
import { only, plain } from '../plain';
import { contextOf, emitted, instanceOf, jsonIn, resourceOf, resourcesOf } from './built';
import { everywhereOf, type Row, type Stood } from './everywhere';

const parameters = { DomainName: 'lookcard.com', CertificateArn: 'certificate', DataKeyArn: 'key', NetworkLoadBalancerArn: 'network-load-balancer', AlarmTopicArn: 'topic' };

const everywhere = everywhereOf(api, () => parameters);

/** Some properties of a resource, written down. */
const of = ({ all }: Stood, type: string, id: string, ...keys: readonly string[]): unknown => (only({ [id]: all(`AWS::${type}`)[id] }, ...keys) as Row)[id];
const outputsOf = ({ stack }: Stood): Row => Object.fromEntries([...stack.outputs].map(([name, { value }]) => [name, plain(value)]));

/** The whole instance, which tells what resources wait for. */
const instanceIn = ({ environment, region }: Stood) => instanceOf(api, environment, region, parameters);

/** The services behind the API: before logical ids, their path, and the port of their listener. */
const behind = [
  ['WebhookApi', 'webhook', 8021],
  ['ResellerApi', 'reseller', 8023],
] as const;

describe('LookCard API Gateway: the API', () => {
  everywhere('LKC-79', 'is a regional REST API that answers under its own domain only, and tells monitoring and DNS of itself', (stood) => {
    const { short } = stood;
    expect(of(stood, 'ApiGateway::RestApi', 'Api', 'Name', 'EndpointConfiguration', 'DisableExecuteApiEndpoint', 'ApiKeySourceType', 'BinaryMediaTypes')).to.deep.equal([
      `lookcard-api-${short}-main`, { Types: ['REGIONAL'] }, true, 'HEADER', ['*/*'],
    ]);
    expect(outputsOf(stood)).to.deep.equal({
      RegionalDomainName: 'Domain.RegionalDomainName',
      RegionalZoneId: 'Domain.RegionalHostedZoneId',
      ApiName: `lookcard-api-${short}-main`,
      ApiStageName: 'Stage',
      ApiId: 'Api',
    });
  });

  everywhere('LKC-79', 'answers under api.<environment>.<domain> with the region’s certificate and TLS 1.2 or newer', (stood) => {
    expect(of(stood, 'ApiGateway::DomainName', 'Domain', 'DomainName', 'RegionalCertificateArn', 'EndpointConfiguration', 'SecurityPolicy')).to.deep.equal([
      `api.${stood.environment}.lookcard.com`, 'certificate', { Types: ['REGIONAL'] }, 'TLS_1_2',
    ]);
    expect(plain(stood.all('AWS::ApiGateway::BasePathMapping'))).to.deep.equal({ DomainMapping: { DomainName: 'Domain', RestApiId: 'Api', Stage: 'Stage' } });
  });

  everywhere('LKC-79', 'lets itself be called at its stage, below the services’ paths and over TLS alone', (stood) => {
    const invoke = { Principal: '*', Action: ['execute-api:Invoke'] };
    expect(of(stood, 'ApiGateway::RestApi', 'Api', 'Policy')).to.deep.equal([{
      Version: '2012-10-17',
      Statement: [
        { Sid: 'AnybodyWithAKey', Effect: 'Allow', ...invoke, Resource: behind.map(([, path]) => `execute-api:/lookcard-stage-${stood.short}-main/*/${path}/*`) },
        { Sid: 'DenyWithoutTls', Effect: 'Deny', ...invoke, Resource: ['execute-api:/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    }]);
  });

  everywhere('LKC-79', 'reaches the VPC through one VPC link, which leads to the Network Load Balancer', (stood) => {
    expect(only(stood.all('AWS::ApiGateway::VpcLink'), 'Name', 'TargetArns')).to.deep.equal({ VpcLink: [`lookcard-api-${stood.short}-main`, ['network-load-balancer']] });
    expect(stood.all('AWS::ApiGatewayV2::VpcLink')).to.deep.equal({});
  });

  everywhere('LKC-79 LKC-81', 'passes what has a key to the listener of the path’s service, over TLS to a name that the certificate covers', (stood) => {
    const { all, environment } = stood;
    expect(only(all('AWS::ApiGateway::Resource'), 'RestApiId', 'ParentId', 'PathPart')).to.deep.equal(
      Object.fromEntries(behind.flatMap(([id, path]) => [[`${id}Path`, ['Api', 'Api.RootResourceId', path]], [`${id}Proxy`, ['Api', `${id}Path`, '{proxy+}']]])),
    );
    expect(plain(all('AWS::ApiGateway::Method'))).to.deep.equal(
      Object.fromEntries(behind.map(([id, path, port]) => [`${id}Method`, {
        RestApiId: 'Api',
        ResourceId: `${id}Proxy`,
        HttpMethod: 'ANY',
        AuthorizationType: 'NONE',
        ApiKeyRequired: true,
        RequestParameters: { 'method.request.path.proxy': true },
        Integration: {
          Type: 'HTTP_PROXY',
          IntegrationHttpMethod: 'ANY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: 'VpcLink',
          Uri: `https://api.${environment}.lookcard.com:${port}/${path}/{proxy}`,
          RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
        },
      }])),
    );
  });

  it('has the paths of every row with a listener of the Network Load Balancer', () => {
    const rows = services.flatMap(({ entrance }) => (entrance?.kind === 'nlb' ? [[entrance.apiPath, entrance.listenerPort]] : []));
    expect(rows).to.deep.equal(behind.map(([, path, port]) => [path, port]));
  });

  it('can not be without such a row, because API Gateway deploys no API without methods', () => {
    const none = services.filter(({ entrance }) => entrance?.kind !== 'nlb');
    expect(() => apiTemplate(none).build(contextOf())).to.throw(MeridianError, /No service has an entrance of kind nlb/);
  });
});

describe('LookCard API Gateway: the stage', () => {
  everywhere('LKC-80 LKC-98', 'throttles all calls together, to more than one key may ask for, counts and traces them, and never logs bodies', (stood) => {
    expect(of(stood, 'ApiGateway::Stage', 'Stage', 'RestApiId', 'StageName', 'TracingEnabled', 'MethodSettings')).to.deep.equal([
      'Api',
      `lookcard-stage-${stood.short}-main`,
      true,
      [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000, MetricsEnabled: true, LoggingLevel: 'ERROR', DataTraceEnabled: false }],
    ]);
  });

  everywhere('LKC-79', 'shows the API’s one deployment, made after its methods and under a logical id that changes with them', (stood) => {
    const [deployment, ...others] = resourcesOf(instanceIn(stood), 'AWS::ApiGateway::Deployment');
    expect(deployment?.logicalId).to.match(/^ApiDeployment[0-9a-f]{10}$/);
    expect(deployment?.dependsOn).to.deep.equal(behind.map(([id]) => `${id}Method`).sort());
    expect(plain(deployment?.properties['RestApiId'])).to.equal('Api');
    expect(of(stood, 'ApiGateway::Stage', 'Stage', 'DeploymentId')).to.deep.equal([deployment?.logicalId]);
    expect(others).to.deep.equal([]);
  });

  everywhere('LKC-79 LKC-99', 'logs of every call who called, how it ended and how long it took, and no key', ({ all, region }) => {
    const { AccessLogSetting } = all('AWS::ApiGateway::Stage')['Stage'];
    expect(jsonIn(AccessLogSetting, 'Format')).to.deep.equal({
      requestId: '$context.requestId',
      time: '$context.requestTimeEpoch',
      sourceIp: '$context.identity.sourceIp',
      apiKeyId: '$context.identity.apiKeyId',
      userAgent: '$context.identity.userAgent',
      domainName: '$context.domainName',
      method: '$context.httpMethod',
      path: '$context.path',
      protocol: '$context.protocol',
      tlsVersion: '$context.tlsVersion',
      status: '$context.status',
      error: '$context.error.responseType',
      webAcl: '$context.waf.status',
      integrationStatus: '$context.integration.status',
      integrationError: '$context.integration.error',
      integrationLatency: '$context.integration.latency',
      latency: '$context.responseLatency',
      bytes: '$context.responseLength',
      traceId: '$context.xrayTraceId',
    });
    expect(plain(AccessLogSetting.DestinationArn)).to.deep.equal({ 'Fn::Join': ['', [`arn:aws:logs:${region}:111111111111:log-group:`, 'StageAccessLog']] });
  });

  everywhere('LKC-99', 'keeps its logs as long as the environment says, encrypted and with card data masked', (stood) => {
    const { all, short, isProduction } = stood;
    const groups = all('AWS::Logs::LogGroup');
    const days = isProduction ? 400 : 14;
    expect(only(groups, 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      StageAccessLog: [`/apigateway/lookcard-stage-${short}-main`, days, 'key'],
      StageExecutionLog: [{ 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', 'Api', `/lookcard-stage-${short}-main`]] }, days, 'key'],
      WebAclLog: [`aws-waf-logs-lookcard-api-${short}-main`, days, 'key'],
    });
    for (const id of ['StageAccessLog', 'StageExecutionLog']) expect(plain(groups[id].DataProtectionPolicy.Statement[1])).to.deep.equal(maskedCardData);
    expect(resourceOf(instanceIn(stood), 'Stage').dependsOn).to.deep.equal(['StageExecutionLog']);
  });
});

describe('LookCard API Gateway: clients', () => {
  everywhere('LKC-80 LKC-81', 'have a plan with a rate, a burst and a monthly quota for each key', (stood) => {
    expect(of(stood, 'ApiGateway::UsagePlan', 'UsagePlan', 'UsagePlanName', 'ApiStages', 'Throttle', 'Quota')).to.deep.equal([
      `lookcard-usage-plan-${stood.short}-main`, [{ ApiId: 'Api', Stage: 'Stage' }], { RateLimit: 100, BurstLimit: 200 }, { Limit: 10_000_000, Period: 'MONTH' },
    ]);
  });

  everywhere('LKC-81', 'have a key of that plan whose value is read from a secret, which is replicated: both regions know it and no template does', (stood) => {
    const name = `lookcard-api-key-${stood.short}-main`;
    expect(of(stood, 'ApiGateway::ApiKey', 'ApiKey', 'Name', 'Enabled', 'Value', 'GenerateDistinctId')).to.deep.equal([name, true, `{{resolve:secretsmanager:${name}:SecretString:value}}`, undefined]);
    expect(plain(stood.all('AWS::ApiGateway::UsagePlanKey'))).to.deep.equal({ ApiKeyInPlan: { KeyId: 'ApiKey', KeyType: 'API_KEY', UsagePlanId: 'UsagePlan' } });
  });

  requirement('LKC-81', 'find no other secret in the template', () => {
    expect(textsIn(emitted(api), /\{\{resolve:.*?\}\}/g)).to.deep.equal(['{{resolve:secretsmanager:lookcard-api-key-prod-${EnvironmentSuffix}:SecretString:value}}']);
  });
});

describe('LookCard API Gateway: the web ACL', () => {
  everywhere('LKC-79 LKC-80', 'blocks an address that calls more often than a key may, and what AWS’s managed rules find', (stood) => {
    const { Rules } = stood.all('AWS::WAFv2::WebACL')['WebAcl'];
    expect(of(stood, 'WAFv2::WebACL', 'WebAcl', 'Scope', 'DefaultAction')).to.deep.equal(['REGIONAL', { Allow: {} }]);
    expect(plain(Rules.map(({ Name, Priority, Statement, Action, OverrideAction }: Row) => [Name, Priority, Statement, Action, OverrideAction]))).to.deep.equal([
      ['rate', 0, { RateBasedStatement: { Limit: 30_000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }, { Block: { CustomResponse: { ResponseCode: 429 } } }, undefined],
      ...['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet'].map((Name, index) =>
        [Name, index + 1, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }, undefined, { None: {} }]),
    ]);
    const [association, ...others] = Object.values(stood.all('AWS::WAFv2::WebACLAssociation'));
    expect(plain([association?.ResourceArn, association?.WebACLArn])).to.deep.equal([{ 'Fn::Join': ['', [`arn:aws:apigateway:${stood.region}::/restapis/`, 'Api', '/stages/', 'Stage']] }, 'WebAcl.Arn']);
    expect(others).to.deep.equal([]);
  });

  everywhere('LKC-79 LKC-99', 'logs what it blocked, without keys, cookies and credentials, and tells when it blocks more than usual', (stood) => {
    const { RedactedFields, LoggingFilter } = stood.all('AWS::WAFv2::LoggingConfiguration')['WebAclLogging'];
    expect(plain(RedactedFields)).to.deep.equal(['authorization', 'cookie', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })));
    expect(plain(LoggingFilter)).to.deep.equal({ DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }] });
    const alarm = stood.all('AWS::CloudWatch::Alarm')['BlockedRequests'];
    expect(learnt(alarm)).to.deep.equal(unusual(`AWS/WAFV2 BlockedRequests WebACL=lookcard-api-${stood.short}-main Region=${stood.region} Rule=ALL Sum`));
    expect(plain([alarm.AlarmName, alarm.AlarmActions, alarm.OKActions, alarm.ActionsEnabled])).to.deep.equal([`lookcard-api-blocked-${stood.short}-main`, ['topic'], ['topic'], true]);
  });
});
