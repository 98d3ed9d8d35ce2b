/**
 * The part of an image's address that names the region of its private ECR registry; the account stands before it. Public registries have
 * no such part.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export const registryIn = (region: string): string => `.dkr.ecr.${region}.`;
