export { auroraClusterIdentifier, auroraInstanceIdentifier, globalClusterIdentifier } from '../../modules/data/aurora-names';

/** The database that is made with the cluster. */
export const databaseName = 'fintech';

/** The database user of both services. It signs in with an IAM token and has no password. */
export const databaseUser = 'fintech';
