import { rotationRequest, type RotationRequest } from './request';
import { describeSecret } from './secrets-manager';
import { steps, type Tools } from './steps';

/**
 * The Lambda handler of a rotation. Each step that Secrets Manager asks for is done if the secret and the version allow it,
 * and leaves one line in the log, which names no value.
 */
export function rotation(tools: Tools) {
  return async (event: unknown): Promise<void> => {
    const request = rotationRequest(event);
    const { Step, SecretId: secret, ClientRequestToken: id } = request;
    const outcome = (await isDone(request)) ? 'this version is current already' : await steps[Step]({ secret, id }, tools);
    console.log(`${Step} of ${secret}, version ${id}: ${outcome}.`);
  };
}

/**
 * Whether the version is the current one, so that nothing is left to do.
 *
 * @throws when it is not pending either, or the secret is not to be rotated here
 */
export async function isDone({ SecretId, ClientRequestToken }: RotationRequest): Promise<boolean> {
  const { PrimaryRegion, RotationEnabled, VersionIdsToStages = {} } = await describeSecret(SecretId);
  const [, , , region] = SecretId.split(':');
  if (PrimaryRegion && PrimaryRegion !== region) {
    throw new Error(
      `Secret ${SecretId}: it is a replica of the one in ${PrimaryRegion}. Rotate that one; ` +
        'when its region is lost, promote this one first (aws secretsmanager stop-replication-to-replica).',
    );
  }
  if (RotationEnabled === false) {
    throw new Error(`Secret ${SecretId}: its rotation is off. Give it a schedule: AWS::SecretsManager::RotationSchedule.`);
  }
  const labels = VersionIdsToStages[ClientRequestToken] ?? [];
  if (labels.includes('AWSCURRENT')) return true;
  if (labels.includes('AWSPENDING')) return false;
  throw new Error(
    `Secret ${SecretId}: version ${ClientRequestToken} is neither pending nor current. ` +
      'Start the rotation with aws secretsmanager rotate-secret.',
  );
}
