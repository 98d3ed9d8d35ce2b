import { expect } from 'chai';
import { denyAll, networkPolicy } from '../../../../templates/modules/kubernetes/network-policies';

const crane = { name: 'crane', namespace: 'harbour' };

describe('Network policies', () => {
  it('deny all pods of a namespace both directions', () => {
    expect(denyAll('harbour')).to.deep.include({ metadata: { name: 'deny-all', namespace: 'harbour' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });
  });

  it('let a workload ask the cluster’s name servers and whom it is told, and hear nobody by default', () => {
    const { spec } = networkPolicy({ ...crane, to: [{ cidr: '10.0.0.0/16', ports: [5432] }] });
    expect(spec.ingress).to.deep.equal([]);
    expect(spec.egress?.map(({ ports }) => ports?.map(({ protocol, port }) => `${protocol} ${port}`))).to.deep.equal([['UDP 53', 'TCP 53'], ['TCP 5432']]);
  });

  it('never open all ports or all peers: a rule without them would', () => {
    const { spec } = networkPolicy({ ...crane, from: [{ cidr: '10.0.0.0/16', ports: [8080] }], to: [{ cidr: '0.0.0.0/0', ports: [443] }] });
    for (const { from, ports } of spec.ingress ?? []) expect([from, ports].map((list) => list?.length)).to.deep.equal([1, 1]);
    for (const { to, ports } of spec.egress ?? []) for (const list of [to, ports]) expect(list).not.to.be.empty;
  });
});
