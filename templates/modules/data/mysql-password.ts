/**
 * What the password of a MySQL administrator is made of: 40 of the at most 41 characters that RDS takes, without `/`, `@`, `"`
 * and the space, which it refuses, and without `'` and `\`, which shells and SQL read in their own way.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const mysqlPassword = { length: 40, exclude: `/@"'\\ ` } as const;
