import { Fn } from '../../src/cfn';
import { ManagedPolicy, Role } from '../../src/cfn/generated/iam';
import { policyDocument } from '../modules/security/policy';
import { bootstrapTemplate, type BootstrapTemplate } from './bootstrap-template';
import { planRoleName, rolloutRoleName } from './names';
import { lookingStatements, planStatements, rolloutStatements, stackSetStatements } from './rights';

/** The issuer of GitHub's tokens, which the account's deployment makes an identity provider. */
const issuer = 'token.actions.githubusercontent.com';

/** Seconds that a session lasts: a rollout of a new system takes longer than the hour that is usual, and follows an operation for at most four. */
const rolloutSession = 4 * 3_600;

/** Which workflows of GitHub may look at, and roll into, the account. */
export interface GitHubTrust {
  /**
   * `owner/name`; for a repository whose tokens carry ids, `owner@<id>/name@<id>`.
   * @see https://docs.github.com/en/actions/reference/openid-connect-reference
   */
  readonly repository: string;
  /** The systems that an environment of GitHub rolls, by its name, which is theirs too. */
  readonly environments: Readonly<Record<string, readonly string[]>>;
}

/**
 * The roles that workflows of one repository assume with a token of GitHub: one that looks, for its pull requests, and one for each
 * environment, which changes the StackSets of that environment and no others. None of them can change the bootstrap stacks, so none can
 * widen its own rights; a person does that.
 */
export function githubTemplate({ repository, environments }: GitHubTrust): BootstrapTemplate {
  return bootstrapTemplate('github', 'global', `Meridian: roles of the workflows of ${repository}`, (t) => {
    // One policy for all: it would not fit into a request once for each.
    const looking = t.add('Looking', new ManagedPolicy({
      ManagedPolicyName: 'meridian-rollout-looking',
      Description: 'See what stands, and what would stop a rollout',
      PolicyDocument: policyDocument(...lookingStatements(), ...stackSetStatements()),
    }));
    t.add('Plan', new Role({
      RoleName: planRoleName,
      Description: `Pull requests of ${repository} plan with it`,
      AssumeRolePolicyDocument: trust(`repo:${repository}:pull_request`),
      ManagedPolicyArns: [looking.ref()],
      Policies: [{ PolicyName: 'plan', PolicyDocument: policyDocument(...planStatements()) }],
    }));
    for (const [environment, systems] of Object.entries(environments)) {
      t.add(`RolloutTo${pascal(environment)}`, new Role({
        RoleName: rolloutRoleName(environment),
        Description: `Workflows of ${repository} roll the environment ${environment} with it`,
        MaxSessionDuration: rolloutSession,
        AssumeRolePolicyDocument: trust(`repo:${repository}:environment:${environment}`),
        ManagedPolicyArns: [looking.ref()],
        Policies: [{ PolicyName: 'rollout', PolicyDocument: policyDocument(...rolloutStatements(systems.map((system) => `meridian-${system}-${environment}`))) }],
      }));
    }
  });
}

/** @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
function trust(subject: string): Readonly<Record<string, unknown>> {
  return policyDocument({
    Effect: 'Allow',
    Principal: { Federated: Fn.Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}`) },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subject } },
  });
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
