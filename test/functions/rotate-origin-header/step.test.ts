import { expect } from 'chai';
import { nextStep, type Found } from '../../../src/functions/rotate-origin-header/step';

const secret = (value: string) => ({ value, version: `v-${value}`, made: new Date(0) });

/** What is found at rest: `old` was sent once, `now` is sent, `next` comes next. */
function found({ current = 'now', next = 'next', former = 'old', sends = ['now'], isDeployed = true, isReplicated = true, accepts = ['now', 'next'] } = {}): Found {
  return { distribution: { sends, isDeployed, version: '1', changed: new Date(0) }, current: secret(current), former: former || undefined, next: secret(next), isReplicated, rules: [{ arn: 'rule', accepts }] };
}
const accept = (...values: string[]) => ({ do: 'accept', rules: ['rule'], values });

describe('The next step of a rotation', () => {
  for (const { title, state, isWanted = false, step } of [
    { title: 'is none at rest', state: found(), step: { do: 'rest' } },
    { title: 'is to send the next value, after some quiet, when a rotation is wanted', state: found(), isWanted: true, step: { do: 'send', value: 'next', quiet: true } },
    { title: 'is to await the copies before a rotation begins', state: found({ isReplicated: false }), isWanted: true, step: { do: 'await', what: 'replication' } },
    { title: 'is to take from a rule what it accepts beside the two values', state: found({ accepts: ['old', 'now', 'next'] }), isWanted: true, step: accept('now', 'next') },
    { title: 'is to give a rule the next value, that lacks it', state: found({ accepts: ['old', 'now'] }), isWanted: true, step: accept('now', 'next') },
    { title: 'is to promote the value that everybody sends', state: found({ sends: ['next'] }), step: { do: 'promote' } },
    { title: 'is to await that everybody sends it', state: found({ sends: ['next'], isDeployed: false }), step: { do: 'await', what: 'deployment' } },
    { title: 'is to keep the former value when both secrets hold the same', state: found({ next: 'now', accepts: ['old', 'now'] }), step: { do: 'keep', value: 'old' } },
    { title: 'is to let a rule accept the former value, before anybody may be made to send it again', state: found({ next: 'now', accepts: ['now', 'now'], isReplicated: false }), step: accept('now', 'old') },
    { title: 'is to await the copies of a promoted value', state: found({ next: 'now', accepts: ['old', 'now'], isReplicated: false }), step: { do: 'await', what: 'replication' } },
    { title: 'is to renew the former value that was kept, after some quiet', state: found({ next: 'old', accepts: ['old', 'now'] }), step: { do: 'renew', quiet: true } },
    { title: 'is to send the current value again, not to promote the former one, when a rollout sent that', state: found({ next: 'old', sends: ['old'], accepts: ['old', 'now'] }), step: { do: 'send', value: 'now', quiet: false } },
    { title: 'is to renew when both secrets hold the same and there was never another', state: found({ next: 'now', former: '', accepts: ['now'] }), step: { do: 'renew', quiet: true } },
    { title: 'is to let a rule accept what is sent, whatever that is', state: found({ sends: ['strange'] }), step: accept('now', 'strange') },
    { title: 'is to give all origins one value', state: found({ sends: ['now', 'next'] }), step: { do: 'send', value: 'now', quiet: false } },
  ]) {
    it(title, () => expect(nextStep(state, isWanted)).to.deep.equal(step));
  }
});
