/**
 * What the password of a PostgreSQL administrator is made of: 40 characters, without `/`, `@`, `"`, `'` and the space, which
 * Amazon RDS refuses, and without `\`, which shells and SQL read in their own way.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
export const postgresPassword = { length: 40, exclude: `/@"'\\ ` } as const;
