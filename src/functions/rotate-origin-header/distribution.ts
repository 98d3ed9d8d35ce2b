import {
  CloudFrontClient,
  GetDistributionCommand,
  PreconditionFailed,
  UpdateDistributionCommand,
  type DistributionConfig,
  type Origin,
  type OriginCustomHeader,
} from '@aws-sdk/client-cloudfront';
import type { Found } from './step';

/** One distribution, of which every origin but buckets gets the same secret header. */
export interface Distribution {
  find(): Promise<Found['distribution']>;
  /** Gives each of those origins this value of the header. False when the configuration is another version than that by now. */
  send(value: string, version: string): Promise<boolean>;
}

/**
 * A distribution behind CloudFront's API. What is written is what was read but for the header's value, so that nothing else changes.
 *
 * @param header name of the header
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 */
export function distribution(client: CloudFrontClient, id: string, header: string): Distribution {
  const isHeader = ({ HeaderName }: OriginCustomHeader): boolean => HeaderName?.toLowerCase() === header.toLowerCase();

  async function read() {
    const { Distribution: answer, ETag: version } = await client.send(new GetDistributionCommand({ Id: id }));
    const config = answer?.DistributionConfig;
    if (!answer || !config || !version) throw new Error(`Distribution ${id}: CloudFront's answer has no configuration. Run the function again.`);
    return { answer, config, version };
  }

  /** A bucket knows the distribution by its signature. */
  const isBucket = ({ S3OriginConfig }: Origin): boolean => S3OriginConfig !== undefined;

  function sentTo(origin: Origin): string {
    const value = origin.CustomHeaders?.Items?.find(isHeader)?.HeaderValue;
    if (value) return value;
    throw new Error(`Distribution ${id}: origin ${origin.Id} gets no header ${header}. Roll the edge deployment out, which gives it one.`);
  }

  const withHeader = (config: DistributionConfig, value: string): DistributionConfig => ({
    ...config,
    Origins: config.Origins && {
      ...config.Origins,
      Items: config.Origins.Items?.map((origin) => ({
        ...origin,
        CustomHeaders: origin.CustomHeaders && {
          ...origin.CustomHeaders,
          Items: origin.CustomHeaders.Items?.map((each) => (isHeader(each) ? { ...each, HeaderValue: value } : each)),
        },
      })),
    },
  });

  return {
    async find() {
      const { answer, config, version } = await read();
      const sends = new Set((config.Origins?.Items ?? []).filter((each) => !isBucket(each)).map(sentTo));
      return { sends: [...sends], isDeployed: answer.Status === 'Deployed', version, changed: answer.LastModifiedTime ?? new Date(0) };
    },
    async send(value, version) {
      const { config, version: found } = await read();
      if (found !== version) return false;
      try {
        await client.send(new UpdateDistributionCommand({ Id: id, IfMatch: version, DistributionConfig: withHeader(config, value) }));
        return true;
      } catch (error) {
        if (error instanceof PreconditionFailed) return false;
        throw error;
      }
    },
  };
}
