/** A cluster as its platform stack tells of it. */
export interface ClusterAccess {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** `https://…` of the Kubernetes API. */
  readonly endpoint: string;
  /** Base64 of the certificate by which the API proves that it is the cluster's. No secret. */
  readonly certificateAuthority: string;
}

/** The file by which kubectl finds clusters. @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export interface Kubeconfig {
  readonly apiVersion: 'v1';
  readonly kind: 'Config';
  readonly clusters: readonly { readonly name: string; readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string; readonly 'tls-server-name'?: string } }[];
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly 'current-context': string;
  readonly preferences: object;
  readonly users: readonly { readonly name: string; readonly user: { readonly exec: object } }[];
}

/**
 * A kubeconfig that holds no credentials: kubectl asks the AWS CLI for a token whenever it needs one, with the credentials that are at
 * hand then.
 * @param tunnelPort port on this machine that leads to the endpoint; its certificate is judged by the endpoint's own name. @default none:
 *   the endpoint is called itself
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function kubeconfig({ name, region, account, endpoint, certificateAuthority }: ClusterAccess, tunnelPort?: number): Kubeconfig {
  const id = `arn:aws:eks:${region}:${account}:cluster/${name}`;
  const server = tunnelPort === undefined ? { server: endpoint } : { server: `https://localhost:${tunnelPort}`, 'tls-server-name': hostOf(endpoint) };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: id, cluster: { ...server, 'certificate-authority-data': certificateAuthority } }],
    contexts: [{ name: id, context: { cluster: id, user: id } }],
    'current-context': id,
    preferences: {},
    users: [
      {
        name: id,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'aws',
            args: ['--region', region, 'eks', 'get-token', '--cluster-name', name, '--output', 'json'],
          },
        },
      },
    ],
  };
}

/** Command lines that open a tunnel to a private endpoint: what finds a node, and what goes through it. */
export interface Tunnel {
  readonly findNode: string;
  readonly open: string;
}

/**
 * How Session Manager leads a port of this machine through a node to the endpoint. It lasts as long as its command.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html
 */
export function tunnel({ name, region, endpoint }: ClusterAccess, port: number): Tunnel {
  const filters = `Name=tag:eks:cluster-name,Values=${name} Name=instance-state-name,Values=running`;
  const parameters = JSON.stringify({ host: [hostOf(endpoint)], portNumber: ['443'], localPortNumber: [String(port)] });
  return {
    findNode: `aws ec2 describe-instances --region ${region} --filters ${filters} --query 'Reservations[0].Instances[0].InstanceId' --output text`,
    open: `aws ssm start-session --region ${region} --target <instance id> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters '${parameters}'`,
  };
}

const hostOf = (endpoint: string): string => endpoint.replace(/^https:\/\//, '').replace(/\/.*$/, '');
