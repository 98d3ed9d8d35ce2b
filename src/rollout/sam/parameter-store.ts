import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { MeridianError } from '../../errors';
import type { ReadParameterStore } from './parameters';

/** Parameter Store gives at most as many parameters in one answer. */
const mostNames = 10;

/**
 * Reads Parameter Store with the credentials and the endpoint that the environment gives, as SAM does.
 * @throws MeridianError (exit 2) when there are no credentials or AWS refuses them
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export const readParameterStore: ReadParameterStore = async (region, names) => {
  const client = new SSMClient({ region });
  const values: Record<string, string> = {};
  try {
    for (let first = 0; first < names.length; first += mostNames) {
      const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: names.slice(first, first + mostNames) }));
      for (const { Name = '', Value = '' } of Parameters) values[Name] = Value;
    }
    return values;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MeridianError(`Parameter Store in ${region} not readable: ${why.replace(/\.$/, '')}. Sign in, for example with "aws sso login", and try again.`, 2, { cause });
  } finally {
    client.destroy();
  }
};
