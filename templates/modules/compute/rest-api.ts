import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { fingerprint } from '../../../src/cfn/fingerprint';
import { Deployment, Method, Resource, RestApi, type MethodProperties, type RestApiProperties } from '../../../src/cfn/generated/apigateway';
import { policyDocument } from '../security/policy';
import type { VpcLinkHandle } from './vpc-link';

/** A load balancer in a VPC, as API Gateway reaches it. */
export interface PrivateBackend {
  readonly vpcLink: VpcLinkHandle;
  /** An Application Load Balancer in the VPC of the link. */
  readonly loadBalancerArn: IntrinsicFunction;
  /** A name that its certificate covers. API Gateway checks the certificate against it and sends it as host; DNS is not asked. */
  readonly serverName: IntrinsicFunction;
}

/** An API whose requests one backend answers. */
export interface RestApiSettings {
  /** Also its dimension in CloudWatch. */
  readonly name: Name;
  readonly description: string;
  /** The first part of the paths that it takes, and under which the backend gets them: `api` for everything below `/api/`. */
  readonly path: string;
  readonly backend: PrivateBackend;
  /** Name of the one stage that may be called. */
  readonly stageName: Name;
}

export type RestApiHandle = Handle<'AWS::ApiGateway::RestApi', 'RestApiId' | 'RootResourceId'>;

/** An API with the deployment that its stage shows. */
export interface DeployedApi {
  readonly handle: RestApiHandle;
  readonly deployment: Handle<'AWS::ApiGateway::Deployment', 'DeploymentId'>;
}

/** Anybody may call the one stage, over TLS; who has no API key gets no further than API Gateway. */
function callersOf(stageName: Name, path: string): Readonly<Record<string, unknown>> {
  const invoke = { Principal: '*', Action: ['execute-api:Invoke'] } as const;
  return policyDocument(
    { Sid: 'AnybodyWithAKey', Effect: 'Allow', ...invoke, Resource: [stageName.after('execute-api:/').with(`/*/${path}/*`)] },
    { Sid: 'DenyWithoutTls', Effect: 'Deny', ...invoke, Resource: ['execute-api:/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  );
}

/** Every method of every path below the resource, with a key, goes to the same path of the backend. */
function proxied(api: RestApiHandle, resource: Handle<'AWS::ApiGateway::Resource', 'ResourceId'>, path: string, { vpcLink, loadBalancerArn, serverName }: PrivateBackend): MethodProperties {
  return {
    RestApiId: api.ref(),
    ResourceId: resource.ref(),
    HttpMethod: 'ANY',
    AuthorizationType: 'NONE',
    ApiKeyRequired: true,
    RequestParameters: { 'method.request.path.proxy': true },
    Integration: {
      Type: 'HTTP_PROXY',
      IntegrationHttpMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: vpcLink.ref(),
      IntegrationTarget: loadBalancerArn,
      Uri: Fn.Sub(`https://\${ServerName}:443/${path}/{proxy}`, { ServerName: serverName }),
      RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    },
  };
}

/**
 * A regional REST API that passes requests with an API key, bytes unchanged, to a load balancer in a VPC over TLS. It answers under
 * a domain of its own only. A key tells clients apart and limits them; who a customer is, the backend has to find out.
 *
 * A deployment never changes: when what it shows does, another one with another logical id takes its place.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
 */
export function restApi(t: TemplateBuilder<Parameters, unknown>, id: string, { name, description, path, backend, stageName }: RestApiSettings): DeployedApi {
  const properties: RestApiProperties = {
    Name: name,
    Description: description,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    DisableExecuteApiEndpoint: true,
    ApiKeySourceType: 'HEADER',
    BinaryMediaTypes: ['*/*'],
    Policy: callersOf(stageName, path),
  };
  const shape = fingerprint(properties);
  const handle = t.add(id, new RestApi(properties));
  const parent = t.add(`${id}Path`, new Resource({ RestApiId: handle.ref(), ParentId: handle.att('RootResourceId'), PathPart: path }));
  const rest = t.add(`${id}Proxy`, new Resource({ RestApiId: handle.ref(), ParentId: parent.ref(), PathPart: '{proxy+}' }));
  const shown = proxied(handle, rest, path, backend);
  const method = t.add(`${id}Method`, new Method(shown));
  const deployment = t.add(`${id}Deployment${fingerprint([shape, path, shown])}`, new Deployment({ RestApiId: handle.ref(), Description: description }), { after: [method] });
  return { handle, deployment };
}
