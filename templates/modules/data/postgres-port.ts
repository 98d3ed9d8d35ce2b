/** The port on which PostgreSQL listens, in all systems. */
export const postgresPort = 5432;
