import { rotationRequest } from '../rotate-password/request';
import { isDone } from '../rotate-password/rotation';
import { dropFormer, steps, type Tools } from './steps';

/**
 * Does what Secrets Manager asks for, and leaves one line in the log, which names no token. A last step that was killed after the new
 * token became current still makes the cache drop the former one when it is repeated.
 */
export async function rotate(event: unknown, tools: Tools): Promise<void> {
  const request = rotationRequest(event);
  const { Step, SecretId: secret, ClientRequestToken: id } = request;
  console.log(`${Step} of ${secret}, version ${id}: ${await outcome()}.`);

  async function outcome(): Promise<string> {
    if (!(await isDone(request))) return steps[Step]({ secret, id }, tools);
    if (Step !== 'finishSecret') return 'this version is current already';
    return `this version is current already; ${await dropFormer(secret, tools)}`;
  }
}
