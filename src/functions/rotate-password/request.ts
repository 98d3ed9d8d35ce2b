/** The steps of a rotation, in the order in which Secrets Manager asks for them. */
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** One step of a rotation. */
export type Step = (typeof STEPS)[number];

/**
 * What Secrets Manager sends for each step.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export interface RotationRequest {
  readonly Step: Step;
  /** ARN of the secret. */
  readonly SecretId: string;
  /** Id of the version that this rotation makes: the same in all four steps, and when a step is repeated. */
  readonly ClientRequestToken: string;
}

/**
 * The request in an event.
 *
 * @throws when a field is missing or the step is none of the four, as happens when something else invokes the function
 */
export function rotationRequest(event: unknown): RotationRequest {
  const field = (name: keyof RotationRequest): string => {
    const value: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`Event: no ${name}. Let Secrets Manager invoke this function: aws secretsmanager rotate-secret.`);
  };
  const name = field('Step');
  const Step = STEPS.find((step) => step === name);
  if (!Step) throw new Error(`Event: step "${name}" is none of a rotation’s. Send ${STEPS.join(', ')}.`);
  return { Step, SecretId: field('SecretId'), ClientRequestToken: field('ClientRequestToken') };
}
