import { MeridianError } from '../../../src/errors';

/** Sizes of an instance, by how many times the smallest, `large`, they are. */
const timesLarge: Readonly<Record<string, number>> = { large: 1, xlarge: 2, '2xlarge': 4, '4xlarge': 8, '8xlarge': 16, '12xlarge': 24, '16xlarge': 32 };

/**
 * GiB of memory of a memory-optimised class of RDS, such as `db.r7g.large`: 16 for each `large`.
 * @throws MeridianError for a class of another family or size, whose memory is not known here
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 */
export function instanceMemoryGiB(instanceClass: string): number {
  const [, size = ''] = /^db\.r\d+[a-z]*\.(\w+)$/.exec(instanceClass) ?? [];
  const times = timesLarge[size];
  if (times === undefined) throw new MeridianError(`Instance class "${instanceClass}": its memory is not known. Choose a class such as db.r7g.large, or add it to templates/modules/monitoring/instance-memory.ts.`, 2);
  return 16 * times;
}
