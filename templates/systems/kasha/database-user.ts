/**
 * The MySQL user of the backend. It has no password: it signs in with an IAM token, to the proxy where there is one and to the
 * instance otherwise. The runbook of the first schema creates it with `AWSAuthenticationPlugin`.
 */
export const databaseUser = 'backend';
