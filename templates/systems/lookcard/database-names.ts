export { auroraClusterIdentifier, auroraInstanceIdentifier, globalClusterIdentifier } from '../../modules/data/aurora-names';

/** The database that is made with the cluster. */
export const databaseName = 'lookcard';

/**
 * What the names of the services' database users begin with, and no other user's. The proxy may sign in as any of them, so that it needs
 * no change, and its policy no room, for another service.
 */
export const serviceUserPrefix = 'service_';
