import { deleteRoles, makeRoles, type Roles } from './roles';
import { Subject } from './subject';
import { openTarget, REAL, type Target } from './target';

const API = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_';
const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/';
const TIME_LIMIT_MS = REAL ? 900_000 : 20_000;

/** The page of an action or data type in the API reference. */
export const api = (name: string): string => `${API}${name}.html`;

/** A page of the user guide. */
export const guide = (name: string): string => `${GUIDE}${name}.html`;

let opened: { target: Target; roles: Roles } | undefined;

/** A group of rules: opens the target for them and closes it afterwards. */
export function conformance(subject: string, rules: () => void): void {
  describe(subject, () => {
    before('open the target', async function () {
      this.timeout(TIME_LIMIT_MS);
      const where = await openTarget();
      opened = { target: where, roles: await makeRoles(where.cloudFormation(), where.account) };
    });
    after('close the target', async function () {
      this.timeout(TIME_LIMIT_MS);
      await deleteRoles(target().cloudFormation());
      await target().close();
      opened = undefined;
    });
    rules();
  });
}

function theOpened(): { target: Target; roles: Roles } {
  if (!opened) {
    throw new Error('Target: it is open only inside of "conformance". Move the rule there.');
  }
  return opened;
}

/** The target of this run. */
export function target(): Target {
  return theOpened().target;
}

/**
 * A rule of StackSets as AWS documents it, tried on a stack set of its own that is removed afterwards.
 *
 * @param sentence the rule
 * @param page the AWS page that states it; a failure quotes it
 * @param proof makes the calls and looks at what comes of them
 */
export function rule(sentence: string, page: string, proof: (subject: Subject) => Promise<void>): void {
  prove(sentence, page, proof);
}

/** A rule that a real account can't be brought to show: it needs faults, or a second account. Skipped there. */
export function localRule(sentence: string, page: string, proof: (subject: Subject) => Promise<void>): void {
  if (REAL) {
    it.skip(sentence);
  } else {
    prove(sentence, page, proof);
  }
}

function prove(sentence: string, page: string, proof: (subject: Subject) => Promise<void>): void {
  it(sentence, async function () {
    this.timeout(TIME_LIMIT_MS);
    const where = target();
    const subject = new Subject(where, theOpened().roles);
    try {
      await proof(subject);
    } catch (error) {
      if (error instanceof Error) {
        error.message += ` (rule from ${page})`;
      }
      throw error;
    } finally {
      await where.control?.removeFaults();
      await subject.remove().catch(ignoreNotFound);
    }
  });
}

function ignoreNotFound(error: Error): void {
  if (error.name !== 'StackSetNotFoundException') {
    throw error;
  }
}

/** The error that a call is refused with. Fails when it is accepted. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string; status: number | undefined }> {
  const error = (await call.then(
    () => undefined,
    (refused: unknown) => refused,
  )) as (Error & { $metadata?: { httpStatusCode?: number } }) | undefined;
  if (!error) {
    throw new Error('The call was accepted.');
  }
  return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode };
}
