import { expect } from 'chai';
import type { ResolvedStack } from '../../../src/resolve';
import { api } from '../../../templates/systems/customer-portal/api';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { everywhereOf } from '../instances';
import { maskedCardData } from '../kasha/card-data';
import { plain } from '../plain';
import { account, emitted, environmentNames, instanceOf, jsonIn, resourceOf, resourcesOf } from './built';
import { logDays, serviceSubnets, shorts } from './compute-instance';

const parameters = {
  ArchiveStreamArn: 'stream',
  ArchiveRoleArn: 'archiver',
  DomainName: 'portal.example.com',
  CertificateArn: 'certificate',
  DefaultKeyArn: 'key',
  ServiceSubnetIds: serviceSubnets.join(','),
  VpcLinkSecurityGroupId: 'sg-link',
  ApiLoadBalancerArn: 'api-load-balancer',
};

const everywhere = everywhereOf({
  environments: environmentNames,
  account,
  instance: (environment, region) => instanceOf(api, environment, region, parameters),
  named: (part, environment) => `cus-${part}-${shorts[environment]}-main`,
});

const host = 'api.portal.example.com';
const outputOf = ({ outputs }: ResolvedStack, name: string): unknown => plain(outputs.get(name)?.value);

describe('Customer portal API Gateway: the API', () => {
  everywhere('CUS-44 CUS-61', 'is a regional REST API that answers under its own domain only', ({ of, stack, named }) => {
    expect(of('Api', 'Name', 'EndpointConfiguration', 'DisableExecuteApiEndpoint', 'ApiKeySourceType', 'BinaryMediaTypes')).to.deep.equal({
      Name: named('api'),
      EndpointConfiguration: { Types: ['REGIONAL'] },
      DisableExecuteApiEndpoint: true,
      ApiKeySourceType: 'HEADER',
      BinaryMediaTypes: ['*/*'],
    });
    expect(outputOf(stack.root, 'ApiName')).to.equal(named('api'));
    expect(outputOf(stack.root, 'ApiId')).to.equal('Api');
  });

  everywhere('CUS-44 CUS-53 CUS-73', 'answers under api.<domain> with the region’s certificate and TLS 1.2 or newer, and tells DNS where', ({ of, stack }) => {
    expect(of('Domain', 'DomainName', 'RegionalCertificateArn', 'EndpointConfiguration', 'SecurityPolicy')).to.deep.equal({
      DomainName: host,
      RegionalCertificateArn: parameters.CertificateArn,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
    expect(of('DomainMapping')).to.deep.equal({ DomainName: 'Domain', RestApiId: 'Api', Stage: 'Stage' });
    expect([outputOf(stack.root, 'RegionalDomainName'), outputOf(stack.root, 'RegionalZoneId')]).to.deep.equal(['Domain.RegionalDomainName', 'Domain.RegionalHostedZoneId']);
  });

  everywhere('CUS-70 CUS-73', 'lets itself be called at its stage, below /api/ and over TLS alone', ({ of, named }) => {
    const invoke = { Principal: '*', Action: ['execute-api:Invoke'] };
    expect(of('Api', 'Policy')).to.deep.equal({
      Policy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'AnybodyWithAKey', Effect: 'Allow', ...invoke, Resource: [`execute-api:/${named('stage')}/*/api/*`] },
          { Sid: 'DenyWithoutTls', Effect: 'Deny', ...invoke, Resource: ['execute-api:/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  });

  everywhere('CUS-46 CUS-48 CUS-73', 'passes what has a key, below /api/, through a VPC link and the internal load balancer to the backend, over TLS to a name that the certificate covers', ({ of, stack, named }) => {
    const resources = resourcesOf(stack, 'AWS::ApiGateway::Resource').map(({ logicalId, properties: { RestApiId, ParentId, PathPart } }) => [logicalId, RestApiId, ParentId, PathPart]);
    expect(plain(resources)).to.deep.equal([['ApiPath', 'Api', 'Api.RootResourceId', 'api'], ['ApiProxy', 'Api', 'ApiPath', '{proxy+}']]);
    const methods = resourcesOf(stack, 'AWS::ApiGateway::Method').map(({ properties }) => plain(properties));
    expect(methods).to.deep.equal([{
      RestApiId: 'Api',
      ResourceId: 'ApiProxy',
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      ApiKeyRequired: true,
      RequestParameters: { 'method.request.path.proxy': true },
      Integration: {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'ANY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: 'VpcLink',
        IntegrationTarget: parameters.ApiLoadBalancerArn,
        Uri: `https://${host}:443/api/{proxy}`,
        RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      },
    }]);
    expect(of('VpcLink', 'Name', 'SubnetIds', 'SecurityGroupIds')).to.deep.equal({ Name: named('api'), SubnetIds: serviceSubnets, SecurityGroupIds: [parameters.VpcLinkSecurityGroupId] });
  });
});

describe('Customer portal API Gateway: the stage', () => {
  everywhere('CUS-45 CUS-58', 'throttles all calls together, counts and traces them, and never logs bodies', ({ of, stack, named }) => {
    expect(of('Stage', 'RestApiId', 'StageName', 'TracingEnabled', 'MethodSettings')).to.deep.equal({
      RestApiId: 'Api',
      StageName: named('stage'),
      TracingEnabled: true,
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000, MetricsEnabled: true, LoggingLevel: 'ERROR', DataTraceEnabled: false }],
    });
    expect(outputOf(stack.root, 'ApiStageName')).to.equal('Stage');
  });

  everywhere('CUS-44', 'shows the API’s one deployment, made after its method and under a logical id that changes with the method', ({ of, stack }) => {
    const [deployment, ...others] = resourcesOf(stack, 'AWS::ApiGateway::Deployment');
    expect(deployment?.logicalId).to.match(/^ApiDeployment[0-9a-f]{10}$/);
    expect(deployment?.dependsOn).to.deep.equal(['ApiMethod']);
    expect(plain(deployment?.properties['RestApiId'])).to.equal('Api');
    expect(of('Stage', 'DeploymentId')).to.deep.equal({ DeploymentId: deployment?.logicalId });
    expect(others).to.deep.equal([]);
  });

  everywhere('CUS-58 CUS-59', 'logs of every call who called, how it ended and how long it took, and no key', ({ stack, region }) => {
    const { AccessLogSetting } = resourceOf(stack, 'Stage').properties as { readonly AccessLogSetting: Readonly<Record<string, unknown>> };
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
    expect(plain(AccessLogSetting['DestinationArn'])).to.deep.equal({ 'Fn::Join': ['', [`arn:aws:logs:${region}:${account}:log-group:`, 'StageAccessLog']] });
  });

  everywhere('CUS-60', 'keeps its logs one or two weeks, encrypted, with card data masked, and copies them into the archive', ({ of, stack, environment, named }) => {
    const stage = named('stage');
    const names = { StageAccessLog: `/apigateway/${stage}`, StageExecutionLog: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', 'Api', `/${stage}`]] }, WebAclLog: `aws-waf-logs-${named('api')}` };
    expect(resourcesOf(stack, 'AWS::Logs::LogGroup').map(({ logicalId }) => logicalId)).to.have.members(Object.keys(names));
    for (const [id, LogGroupName] of Object.entries(names)) {
      expect(of(id, 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ LogGroupName, RetentionInDays: logDays(environment), KmsKeyId: parameters.DefaultKeyArn });
      expect(of(`${id}Archive`)).to.deep.equal({ LogGroupName: id, FilterName: named('archive'), FilterPattern: '', DestinationArn: parameters.ArchiveStreamArn, RoleArn: parameters.ArchiveRoleArn });
    }
    for (const id of ['StageAccessLog', 'StageExecutionLog']) expect(resourceOf(stack, id).properties).to.have.nested.property('DataProtectionPolicy.Statement[1]').that.deep.equals(maskedCardData);
    expect(resourceOf(stack, 'Stage').dependsOn).to.deep.equal(['StageExecutionLog']);
  });
});

describe('Customer portal API Gateway: clients', () => {
  everywhere('CUS-45 CUS-47', 'have a plan with a rate, a burst and a monthly quota for each key', ({ of, named }) => {
    expect(of('UsagePlan', 'UsagePlanName', 'ApiStages', 'Throttle', 'Quota')).to.deep.equal({
      UsagePlanName: named('usage-plan'),
      ApiStages: [{ ApiId: 'Api', Stage: 'Stage' }],
      Throttle: { RateLimit: 1000, BurstLimit: 2000 },
      Quota: { Limit: 10_000_000, Period: 'MONTH' },
    });
  });

  everywhere('CUS-47 CUS-74', 'have a key of that plan whose value is read from a replicated secret, so that both regions know it and no template does', ({ of, named }) => {
    expect(of('ApiKey', 'Name', 'Enabled', 'Value', 'GenerateDistinctId')).to.deep.equal({ Name: named('api-key'), Enabled: true, Value: `{{resolve:secretsmanager:${named('api-key')}:SecretString:value}}`, GenerateDistinctId: undefined });
    expect(of('ApiKeyInPlan')).to.deep.equal({ KeyId: 'ApiKey', KeyType: 'API_KEY', UsagePlanId: 'UsagePlan' });
  });

  requirement('CUS-74', 'find no other secret in the template', () => {
    expect(textsIn(emitted(api), /\{\{resolve:.*?\}\}/g)).to.deep.equal(['{{resolve:secretsmanager:cus-api-key-prod-${EnvironmentSuffix}:SecretString:value}}']);
  });
});

describe('Customer portal API Gateway: the web ACL', () => {
  everywhere('CUS-03 CUS-45', 'blocks an address that calls more often than a key may, and what AWS’s managed rules find', ({ of, stack, region }) => {
    const { Rules } = resourceOf(stack, 'WebAcl').properties as { readonly Rules: readonly Readonly<Record<string, any>>[] };
    const managed = ['AmazonIpReputationList', 'CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet'].map((name) => `AWSManagedRules${name}`);
    expect(plain(Rules.map(({ Name, Priority, Action, OverrideAction, Statement }) => [Name, Priority, Action, OverrideAction, Statement]))).to.deep.equal([
      ['rate', 0, { Block: { CustomResponse: { ResponseCode: 429 } } }, undefined, { RateBasedStatement: { Limit: 300_000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }],
      ...managed.map((Name, index) => [Name, index + 1, undefined, { None: {} }, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }]),
    ]);
    expect(of('WebAcl', 'Scope', 'DefaultAction')).to.deep.equal({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    expect(of('StageWebAcl')).to.deep.equal({ ResourceArn: { 'Fn::Join': ['', [`arn:aws:apigateway:${region}::/restapis/`, 'Api', '/stages/', 'Stage']] }, WebACLArn: 'WebAcl.Arn' });
  });

  everywhere('CUS-03 CUS-74', 'logs what it blocked, without keys, cookies and credentials', ({ of, region }) => {
    expect(of('WebAclLogging')).to.deep.equal({
      ResourceArn: 'WebAcl.Arn',
      LogDestinationConfigs: [{ 'Fn::Join': ['', [`arn:aws:logs:${region}:${account}:log-group:`, 'WebAclLog']] }],
      LoggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }] },
      RedactedFields: ['authorization', 'cookie', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })),
    });
  });
});
