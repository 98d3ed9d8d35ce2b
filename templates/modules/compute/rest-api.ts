import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { fingerprint } from '../../../src/cfn/fingerprint';
import { Deployment, Method, Resource, RestApi, type MethodProperties, type RestApiProperties } from '../../../src/cfn/generated/apigateway';
import { policyDocument } from '../security/policy';
import type { NetworkVpcLinkHandle } from './network-vpc-link';
import type { VpcLinkHandle } from './vpc-link';

/** An Application Load Balancer in a VPC, as API Gateway reaches it. */
export interface ApplicationBackend {
  readonly vpcLink: VpcLinkHandle;
  /** It stands in the VPC of the link. */
  readonly loadBalancerArn: IntrinsicFunction;
}

/** A Network Load Balancer in a VPC, to which a link leads that knows no other. */
export interface NetworkBackend {
  readonly vpcLink: NetworkVpcLinkHandle;
  /** Port of one of its TLS listeners. */
  readonly port: number;
}

/** A load balancer in a VPC, as API Gateway reaches it. */
export type PrivateBackend = (ApplicationBackend | NetworkBackend) & {
  /** A name that its certificate covers. API Gateway checks the certificate against it and sends it as host; DNS is not asked. */
  readonly serverName: IntrinsicFunction;
};

/** Requests that one backend answers. */
export interface ApiRoute {
  /** PascalCase, before the logical ids: `Orders` makes `OrdersPath`, `OrdersProxy`, `OrdersMethod`. */
  readonly id: string;
  /** The first part of the paths that it takes, and under which the backend gets them: `api` for everything below `/api/`. */
  readonly path: string;
  readonly backend: PrivateBackend;
}

/** An API whose requests backends answer, each those of its path. */
export interface RestApiSettings {
  /** Also its dimension in CloudWatch. */
  readonly name: Name;
  readonly description: string;
  readonly routes: readonly [ApiRoute, ...ApiRoute[]];
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
function callersOf(stageName: Name, routes: readonly ApiRoute[]): Readonly<Record<string, unknown>> {
  const invoke = { Principal: '*', Action: ['execute-api:Invoke'] } as const;
  return policyDocument(
    { Sid: 'AnybodyWithAKey', Effect: 'Allow', ...invoke, Resource: routes.map(({ path }) => stageName.after('execute-api:/').with(`/*/${path}/*`)) },
    { Sid: 'DenyWithoutTls', Effect: 'Deny', ...invoke, Resource: ['execute-api:/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  );
}

/** The part of an integration that says where the load balancer is. */
function reached({ vpcLink, serverName, ...backend }: PrivateBackend, path: string): Pick<Method.Integration, 'ConnectionType' | 'ConnectionId' | 'IntegrationTarget' | 'Uri'> {
  const port = 'port' in backend ? backend.port : 443;
  return {
    ConnectionType: 'VPC_LINK',
    ConnectionId: vpcLink.ref(),
    ...('loadBalancerArn' in backend ? { IntegrationTarget: backend.loadBalancerArn } : {}),
    Uri: Fn.Sub(`https://\${ServerName}:${port}/${path}/{proxy}`, { ServerName: serverName }),
  };
}

/** Every method of every path below the resource, with a key, goes to the same path of the backend. */
function proxied(api: RestApiHandle, resource: Handle<'AWS::ApiGateway::Resource', 'ResourceId'>, { path, backend }: ApiRoute): MethodProperties {
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
      ...reached(backend, path),
      RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    },
  };
}

/**
 * A regional REST API that passes requests with an API key, bytes unchanged, to load balancers in a VPC over TLS. It answers under
 * a domain of its own only. A key tells clients apart and limits them; who a customer is, the backend has to find out.
 *
 * A deployment never changes: when what it shows does, another one with another logical id takes its place.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html
 */
export function restApi(t: TemplateBuilder<Parameters, unknown>, id: string, { name, description, routes, stageName }: RestApiSettings): DeployedApi {
  const properties: RestApiProperties = {
    Name: name,
    Description: description,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    DisableExecuteApiEndpoint: true,
    ApiKeySourceType: 'HEADER',
    BinaryMediaTypes: ['*/*'],
    Policy: callersOf(stageName, routes),
  };
  const shape = fingerprint(properties);
  const handle = t.add(id, new RestApi(properties));
  const methods = routes.map((route) => {
    const parent = t.add(`${route.id}Path`, new Resource({ RestApiId: handle.ref(), ParentId: handle.att('RootResourceId'), PathPart: route.path }));
    const rest = t.add(`${route.id}Proxy`, new Resource({ RestApiId: handle.ref(), ParentId: parent.ref(), PathPart: '{proxy+}' }));
    const shown = proxied(handle, rest, route);
    return { shown, method: t.add(`${route.id}Method`, new Method(shown)) };
  });
  const deployed = methods.flatMap(({ shown }, index) => [routes[index]?.path, shown]);
  const deployment = t.add(`${id}Deployment${fingerprint([shape, ...deployed])}`, new Deployment({ RestApiId: handle.ref(), Description: description }), { after: methods.map(({ method }) => method) });
  return { handle, deployment };
}
