/** What new passwords are made of. */
export interface PasswordRule {
  /** Characters. */
  readonly length: number;
  /** Characters that the password must not hold. */
  readonly exclude: string;
}

/**
 * The rule in a function's environment: `PASSWORD_LENGTH` in characters, and `EXCLUDE_CHARACTERS`.
 *
 * @throws when one is missing, or the length is less than 8, which Amazon RDS refuses
 */
export function passwordRule({ PASSWORD_LENGTH, EXCLUDE_CHARACTERS }: NodeJS.ProcessEnv): PasswordRule {
  const length = Number(PASSWORD_LENGTH);
  if (Number.isInteger(length) && length >= 8 && EXCLUDE_CHARACTERS !== undefined) {
    return { length, exclude: EXCLUDE_CHARACTERS };
  }
  throw new Error(
    'Environment: PASSWORD_LENGTH (from 8) or EXCLUDE_CHARACTERS is missing. Give both as the secret’s first password was made.',
  );
}
