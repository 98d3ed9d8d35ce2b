import { expect } from 'chai';
import { reachOf, smallNetwork, type Short } from './small-network';

const ref = (logicalId: string): object => ({ Ref: logicalId });
const secret = '{{resolve:secretsmanager:shop/header:SecretString:value}}';
const forward = { Type: 'forward', TargetGroupArn: ref('Targets') };

const balancer: Short = {
  Front: ['ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: [ref('SubnetA')], SecurityGroups: [ref('CallerGroup')] }],
  Targets: ['ElasticLoadBalancingV2::TargetGroup', { Port: 8080 }],
  Listener: ['ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Front'), Port: 443, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] }],
  Web: ['ECS::Service', { LoadBalancers: [{ TargetGroupArn: ref('Targets'), ContainerPort: 8080 }], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetB')], SecurityGroups: [ref('StoreGroup')] } } }],
};
const rule = (Priority: number, Conditions: readonly object[], Actions: readonly object[] = [forward]): Short[string] => ['ElasticLoadBalancingV2::ListenerRule', { ListenerArn: ref('Listener'), Priority, Conditions, Actions }];
const routes = (rules: Short) => reachOf(smallNetwork, balancer, rules).routes;

describe('The rules of a listener', () => {
  it('are listed in the order in which they are tried, the default last', () => {
    const listed = routes({
      Later: rule(20, [{ Field: 'path-pattern', Values: ['/api/*'] }]),
      Sooner: rule(5, [{ Field: 'host-header', HostHeaderConfig: { Values: ['old.example.com'] } }], [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' } }]),
    });
    expect(listed.map(({ location, when, does, to }) => [location, when, does, ...to.map(({ place, port }) => `${place}:${port}`)])).to.deep.equal([
      ['root#Sooner', 'host old.example.com', 'redirects to HTTPS 443'],
      ['root#Later', 'path /api/*', 'forwards', 'web:8080'],
      ['root#Listener', 'any other request', 'answers 404'],
    ]);
  });

  it('show what they ask for, and no secret', () => {
    const [first] = routes({
      Only: rule(1, [
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin', Values: [secret, `${secret}2`] } },
        { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'HEAD'] } },
      ]),
    });
    expect(first).to.deep.include({ when: 'header X-Origin: (secret) and method GET or HEAD', secretHeaders: ['x-origin'] });
  });

  it('that ask for a header which anybody may send ask for no secret', () => {
    expect(routes({ Only: rule(1, [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['yes'] } }]) })[0]?.secretHeaders).to.deep.equal([]);
  });

  it('share requests out among several target groups, and authenticate before', () => {
    const weighted = { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Targets'), Weight: 1 }] } };
    const [first] = routes({ Only: rule(1, [{ Field: 'path-pattern', Values: ['/'] }], [{ Type: 'authenticate-oidc', Order: 1 }, { ...weighted, Order: 2 }]) });
    expect(first).to.deep.include({ does: 'forwards', to: [{ place: 'web', port: 8080 }] });
  });
});
