import { expect } from 'chai';
import { kubeconfig, tunnel } from '../../src/kubernetes/kubeconfig';

const access = { name: 'c', region: 'us-east-1', account: '111111111111', endpoint: 'https://ABC.gr7.us-east-1.eks.amazonaws.com', certificateAuthority: 'Y2E=' };

describe('A kubeconfig', () => {
  it('names the cluster by its ARN, trusts its certificate and calls its endpoint', () => {
    const config = kubeconfig(access);
    const arn = 'arn:aws:eks:us-east-1:111111111111:cluster/c';
    expect(config.clusters).to.deep.equal([{ name: arn, cluster: { server: access.endpoint, 'certificate-authority-data': 'Y2E=' } }]);
    expect(config.contexts).to.deep.equal([{ name: arn, context: { cluster: arn, user: arn } }]);
    expect(config['current-context']).to.equal(arn);
  });

  it('holds no credentials: the AWS CLI is asked for a token of that cluster in that region', () => {
    expect(kubeconfig(access).users.map(({ user }) => user)).to.deep.equal([
      { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws', args: ['--region', 'us-east-1', 'eks', 'get-token', '--cluster-name', 'c', '--output', 'json'] } },
    ]);
  });

  it('goes through a port of the machine, and judges the certificate by the endpoint’s own name', () => {
    expect(kubeconfig(access, 8443).clusters[0]?.cluster).to.deep.equal({ server: 'https://localhost:8443', 'tls-server-name': 'ABC.gr7.us-east-1.eks.amazonaws.com', 'certificate-authority-data': 'Y2E=' });
  });

  it('comes with what opens that port: a node of the cluster, and a session through it', () => {
    const { findNode, open } = tunnel(access, 8443);
    expect(findNode).to.equal("aws ec2 describe-instances --region us-east-1 --filters Name=tag:eks:cluster-name,Values=c Name=instance-state-name,Values=running --query 'Reservations[0].Instances[0].InstanceId' --output text");
    expect(open).to.equal('aws ssm start-session --region us-east-1 --target <instance id> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters \'{"host":["ABC.gr7.us-east-1.eks.amazonaws.com"],"portNumber":["443"],"localPortNumber":["8443"]}\'');
  });
});
