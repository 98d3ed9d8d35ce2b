import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { resourceName } from '../../../src/cfn/names';
import type { KashaSettings } from './environments';

type Builder = TemplateBuilder<Parameters, KashaSettings>;

/** A secret's name: the path that Kasha's requirements give, told apart by environment and suffix at its end. */
function secretName(t: Builder, path: string): Name {
  return resourceName({ ...t.context, namePattern: '{system}/{resource}-{environment}-{suffix}' }, path);
}

/** Name of the secret with the database administrator's user and password. */
export const databaseSecretName = (t: Builder): Name => secretName(t, 'rds/mysql/admin-password');

/** Name of the secret with what a client needs to connect: host, port, database and where the password is. */
export const connectionSecretName = (t: Builder): Name => secretName(t, 'rds/mysql/connection');

/** Name of the secret with the header value that CloudFront sends and the public load balancer asks for. */
export const originHeaderSecretName = (t: Builder): Name => secretName(t, 'origin/header');
