import { Aws, Fn, templatesOf } from '../../src/cfn';
import { ReplicationConfiguration } from '../../src/cfn/generated/ecr';
import { OIDCProvider } from '../../src/cfn/generated/iam';
import { anomalyMonitor } from '../modules/cost/anomaly-monitor';
import { trail } from '../modules/security/trail';

/** What differs between accounts is given at deployment; there is one environment. */
export interface AccountSettings {
  /**
   * Repository name prefixes whose images are copied to another region, by that region. The registry of us-east-1 copies, where
   * this deployment stands: images are pushed there, also those of a system whose primary is the other region.
   */
  readonly replicatedImages: Readonly<Record<string, readonly string[]>>;
}

/** What an account has once: audit trail, image replication, spending monitor, GitHub as identity provider. */
export const account = templatesOf<AccountSettings>()(
  'account',
  {
    description: 'Shared by all systems of the account; never deleted with one',
    parameters: {
      SpendingEmail: { Type: 'String' },
      SpendingMonitor: { Type: 'String' },
      GitHubProvider: { Type: 'String' },
    },
  },
  (t) => {
    const auditTrail = trail(t);

    t.add(
      'ImageReplication',
      new ReplicationConfiguration({
        ReplicationConfiguration: {
          Rules: Object.entries(t.settings.replicatedImages).map(([region, prefixes]) => ({
            RepositoryFilters: prefixes.map((prefix) => ({ FilterType: 'PREFIX_MATCH' as const, Filter: prefix })),
            Destinations: [{ Region: region, RegistryId: Aws.accountId }],
          })),
        },
      }),
    );

    const createMonitor = t.condition('CreateSpendingMonitor', Fn.Equals(t.param('SpendingMonitor'), 'create'));
    anomalyMonitor(t, { email: t.param('SpendingEmail'), when: createMonitor });

    const createProvider = t.condition('CreateGitHubProvider', Fn.Equals(t.param('GitHubProvider'), 'create'));
    t.add('GitHubOidcProvider', new OIDCProvider({ Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] }), { when: createProvider });

    return { TrailArn: auditTrail.att('Arn') };
  },
);
