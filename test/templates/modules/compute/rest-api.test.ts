import { expect } from 'chai';
import { apiDomain } from '../../../../templates/modules/compute/api-domain';
import { apiStage } from '../../../../templates/modules/compute/api-stage';
import { networkVpcLink } from '../../../../templates/modules/compute/network-vpc-link';
import { restApi, type ApiRoute, type RestApiSettings } from '../../../../templates/modules/compute/rest-api';
import { apiKey, usagePlan } from '../../../../templates/modules/compute/usage-plan';
import { vpcLink } from '../../../../templates/modules/compute/vpc-link';
import { secretValue } from '../../../../templates/modules/security/secret-value';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from './behind-load-balancer';

const throttle = { requestsPerSecond: 10, burst: 20 };

/** An API of orders, with these options, and everything around it. */
function orders(options: Partial<Pick<RestApiSettings, 'stageName'>> & { readonly host?: string; readonly path?: string } = {}) {
  const { host = 'api', path = 'orders', ...changes } = options;
  const t = builderOf();
  const stageName = t.resourceName('stage');
  const link = vpcLink(t, 'Link', { name: t.resourceName('orders'), subnetIds: value('subnets'), securityGroupId: value('group') });
  const routes: [ApiRoute] = [{ id: 'Orders', path, backend: { vpcLink: link, loadBalancerArn: value('balancer'), serverName: value(host) } }];
  const api = restApi(t, 'Orders', { name: t.resourceName('orders'), description: 'Orders', routes, stageName, ...changes });
  const stage = apiStage(t, 'Live', { name: stageName, api, throttle, webAclArn: value('acl'), keyArn: value('key'), logRetentionInDays: 30 });
  apiDomain(t, 'Domain', { domainName: value('domain'), certificateArn: value('certificate'), api: api.handle, stage });
  const plan = usagePlan(t, 'Plan', { name: t.resourceName('plan'), description: 'Orders', api: api.handle, stage, throttle, requestsPerMonth: 1000 });
  apiKey(t, 'Key', { name: t.resourceName('key'), description: 'A shop', plan, value: secretValue(t.resourceName('orders-key')) });
  return { t, deployment: api.deployment.logicalId };
}

describe('The REST API module', () => {
  it('asks for a key, and passes path and bytes on to the load balancer over TLS', () => {
    const { t } = orders();
    expect(properties(t, 'Orders')).to.deep.include({ BinaryMediaTypes: ['*/*'], DisableExecuteApiEndpoint: true });
    expect(properties(t, 'OrdersMethod')).to.include({ ApiKeyRequired: true, HttpMethod: 'ANY' });
    expect(properties(t, 'OrdersMethod')).to.have.nested.property('Integration.Uri.Fn::Sub[0]', 'https://${ServerName}:443/orders/{proxy}');
    expect(properties(t, 'OrdersMethod')).to.have.nested.property('Integration.ConnectionId.Ref', 'Link');
  });

  it('lets itself be called at its stage and path alone', () => {
    const { t } = orders();
    expect(properties(t, 'Orders')).to.have.nested.property('Policy.Statement[0].Resource[0].Fn::Sub', 'execute-api:/kasha-stage-prod-${EnvironmentSuffix}/*/orders/*');
    expect(properties(t, 'Orders')).to.have.nested.property('Policy.Statement[1].Effect', 'Deny');
  });

  it('deploys anew when what it shows changes, and not otherwise', () => {
    const { deployment } = orders();
    expect(orders().deployment).to.equal(deployment);
    expect(orders({ path: 'carts' }).deployment).not.to.equal(deployment);
    expect(orders({ host: 'other' }).deployment).not.to.equal(deployment);
    expect(orders({ stageName: builderOf().resourceName('other') }).deployment).not.to.equal(deployment);
  });

  it('deploys after its method, because an API without methods can not be deployed', () => {
    const { t, deployment } = orders();
    expect(emitted(t)[deployment]?.DependsOn).to.deep.equal(['OrdersMethod']);
  });
});

describe('The REST API module before a Network Load Balancer', () => {
  /** An API of carts and orders, each behind a port of its own. */
  function shop() {
    const t = builderOf();
    const link = networkVpcLink(t, 'Link', { name: t.resourceName('shop'), description: 'Shop', loadBalancerArn: value('balancer') });
    const route = (id: string, path: string, port: number): ApiRoute => ({ id, path, backend: { vpcLink: link, port, serverName: value('api') } });
    const api = restApi(t, 'Shop', { name: t.resourceName('shop'), description: 'Shop', routes: [route('Carts', 'carts', 8001), route('Orders', 'orders', 8002)], stageName: t.resourceName('stage') });
    return { t, deployment: api.deployment.logicalId };
  }

  it('has one link to one load balancer, and tells services apart by port', () => {
    const { t } = shop();
    expect(properties(t, 'Link')['TargetArns']).to.deep.equal([{ 'Fn::Sub': 'balancer' }]);
    for (const [id, path, port] of [['Carts', 'carts', 8001], ['Orders', 'orders', 8002]] as const) {
      expect(properties(t, `${id}Path`)['PathPart']).to.equal(path);
      const { Integration } = properties(t, `${id}Method`) as { readonly Integration: Readonly<Record<string, unknown>> };
      expect(Integration).to.include({ ConnectionType: 'VPC_LINK' }).and.not.to.have.property('IntegrationTarget');
      expect(Integration).to.have.nested.property('Uri.Fn::Sub[0]', `https://\${ServerName}:${port}/${path}/{proxy}`);
    }
  });

  it('admits each path, and deploys after all methods', () => {
    const { t, deployment } = shop();
    const { Policy } = properties(t, 'Shop') as { readonly Policy: { readonly Statement: readonly { readonly Resource: readonly unknown[] }[] } };
    expect(Policy.Statement[0]?.Resource).to.have.length(2);
    expect(emitted(t)[deployment]?.DependsOn).to.deep.equal(['CartsMethod', 'OrdersMethod']);
  });
});

describe('The API stage module', () => {
  it('throttles every method and logs calls, but no bodies', () => {
    const { t, deployment } = orders();
    expect(properties(t, 'Live')['DeploymentId']).to.deep.equal({ Ref: deployment });
    expect(properties(t, 'Live')).to.have.nested.property('MethodSettings[0]').that.includes({ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20, DataTraceEnabled: false });
    const { Format } = properties(t, 'Live')['AccessLogSetting'] as { readonly Format: string };
    expect(JSON.parse(Format)).to.include({ requestId: '$context.requestId', apiKeyId: '$context.identity.apiKeyId' });
    expect(Format).not.to.match(/identity\.apiKey["}]/);
  });

  it('has the group for API Gateway’s own errors before API Gateway would make one', () => {
    const { t } = orders();
    expect(properties(t, 'LiveExecutionLog')['LogGroupName']).to.deep.equal({ 'Fn::Sub': 'API-Gateway-Execution-Logs_${Orders}/kasha-stage-prod-${EnvironmentSuffix}' });
    expect(emitted(t)['Live']?.DependsOn).to.deep.equal(['LiveExecutionLog']);
  });

  it('stands behind its web ACL', () => {
    expect(properties(orders().t, 'LiveWebAcl')).to.have.nested.property('ResourceArn.Fn::Sub[0]').that.matches(/::\/restapis\/\$\{Api\}\/stages\/\$\{Stage\}$/);
  });
});

describe('The usage plan module', () => {
  it('limits each key by rate, burst and month', () => {
    expect(properties(orders().t, 'Plan')).to.deep.include({ Throttle: { RateLimit: 10, BurstLimit: 20 }, Quota: { Limit: 1000, Period: 'MONTH' } });
  });

  it('reads the value of a key from a secret and puts the key into its plan', () => {
    const { t } = orders();
    expect(properties(t, 'Key')['Value']).to.deep.equal({ 'Fn::Sub': '{{resolve:secretsmanager:kasha-orders-key-prod-${EnvironmentSuffix}:SecretString:value}}' });
    expect(properties(t, 'KeyInPlan')).to.deep.equal({ KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } });
  });
});

describe('The API domain module', () => {
  it('accepts TLS 1.2 and newer, and shows the stage at its root', () => {
    const { t } = orders();
    expect(properties(t, 'Domain')).to.include({ SecurityPolicy: 'TLS_1_2' });
    expect(properties(t, 'DomainMapping')).to.deep.equal({ DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'Orders' }, Stage: { Ref: 'Live' } });
  });
});
