/**
 * What the token of a cache is made of: 64 letters and digits, of which ElastiCache takes 16 to 128. It takes eight other characters as
 * well, but some of those mean something to shells and in URLs, and a token without them is as hard to guess for being longer.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 */
export const cacheToken = { length: 64, exclude: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ ' } as const;
