import { bucket } from '../modules/security/bucket';
import { bootstrapTemplate } from './bootstrap-template';

/**
 * The bucket of packaged templates and function bundles, `meridian-artifacts-<account>-<region>`. S3's own key encrypts it:
 * what is in it holds no secrets and is named by its hash, a key of ours would cost a dollar a month in each region, every role
 * that reads a bundle would need to decrypt with it, and a key lost would stop every rollout. It survives its stack, because stacks
 * that stand were made from it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html
 */
export const artifactBucketTemplate = bootstrapTemplate('artifacts', 'regional', 'Meridian: bucket of packaged templates and function bundles', (t) => {
  bucket(t, 'Artifacts', { name: t.resourceName('artifacts', 'world'), retained: true });
});
