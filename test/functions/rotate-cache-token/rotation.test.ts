import { expect } from 'chai';
import { Killed, Model, type Habits } from './model';

const everyHabit: readonly Habits[] = [true, false].flatMap((countsOnce) => [true, false].map((refusesToKeepOne) => ({ countsOnce, refusesToKeepOne })));

describe('Rotating the token of a cache', function () {
  this.timeout(120_000);
  const { log } = console;
  const models: Model[] = [];
  const said: string[] = [];

  before(() => (console.log = (...parts: unknown[]) => said.push(parts.map(String).join(' '))));
  after(() => (console.log = log));
  afterEach(() => models.splice(0).forEach((model) => model.end()));

  function model(habits?: Habits): Model {
    models.splice(0).forEach((each) => each.end());
    models.push(new Model(habits));
    return models[0] as Model;
  }

  /** How many points a rotation of these habits has. */
  async function pointsOf(habits: Habits): Promise<number> {
    const whole = model(habits);
    await whole.rotate('v1');
    return whole.points;
  }

  /** Ends with another current token, which alone the cache accepts after the next rotation at the latest, and was accepted throughout. */
  async function isSound(tried: Model, what: string): Promise<void> {
    const first = tried.current;
    expect(first, what).to.not.equal('token-0');
    expect(tried.accepted, what).to.include(first);
    await tried.rotate('v2');
    expect(tried.accepted, what).to.deep.equal([tried.current]);
    expect(tried.current, what).to.not.equal(first);
    expect(tried.broken, what).to.deep.equal([]);
  }

  for (const habits of everyHabit) {
    const title = `${habits.countsOnce ? '' : 'counts a token twice'}${!habits.countsOnce && habits.refusesToKeepOne ? ' and ' : ''}${habits.refusesToKeepOne ? 'keeps one token only where there are two' : ''}`;
    describe(`that ${title || 'has no such habit'}`, () => {
      it('ends with the new token alone', async () => {
        const whole = model(habits);
        await whole.rotate('v1');
        expect(whole.accepted).to.deep.equal([whole.current]);
        await isSound(whole, 'whole');
      });

      it('never refuses the current token, wherever it is killed, and goes on from there', async () => {
        const points = await pointsOf(habits);
        expect(points).to.be.greaterThan(50);
        for (let kill = 0; kill < points; kill++) {
          const killed = model(habits);
          killed.onPoint = (point) => {
            if (point === kill) throw new Killed();
          };
          await killed.rotate('v1');
          await isSound(killed, `killed at ${kill}`);
        }
      });

      it('never refuses it whenever a rollout reads the token and whenever it adds what it has read', async () => {
        const points = await pointsOf(habits);
        for (let read = 0; read < points; read++) {
          for (const delay of [0, 1, 5, 20]) {
            const rolled = model(habits);
            let token = '';
            rolled.onPoint = (point) => {
              if (point === read) token = rolled.current;
              if (point === read + delay) rolled.write(token);
            };
            await rolled.rotate('v1');
            await isSound(rolled, `rollout at ${read} that writes ${delay} later`);
          }
        }
      });

      it('never refuses it when it is killed and a rollout comes in between', async () => {
        const points = await pointsOf(habits);
        for (let kill = 0; kill < points; kill += 5) {
          for (let read = 0; read < points; read += 3) {
            const both = model(habits);
            let token = '';
            both.onPoint = (point) => {
              if (point === read) token = both.current;
              if (point === read + 3) both.write(token);
              if (point === kill) throw new Killed();
            };
            await both.rotate('v1');
            await isSound(both, `killed at ${kill}, rollout at ${read}`);
          }
        }
      });
    });
  }

  it('adds the new token again when two rollouts have pushed it out', async () => {
    const pushed = model({ countsOnce: false, refusesToKeepOne: true });
    pushed.secret.startRotation('v1');
    await pushed.step('createSecret', 'v1');
    await pushed.step('setSecret', 'v1');
    for (const at of [0, 40_000]) {
      pushed.write('token-0');
      await pushed.pause(at + 30_000);
    }
    expect(pushed.accepted).to.deep.equal(['token-0']);
    await pushed.rotate('v1');
    await isSound(pushed, 'pushed out');
  });

  it('drops a token that a rollout added late, before it adds another', async () => {
    const late = model();
    await late.rotate('v1');
    late.write('token-0');
    await late.pause(30_000);
    expect(late.accepted).to.have.members(['token-0', late.current]);
    await isSound(late, 'late');
  });

  it('drops the former token when only its last step is repeated', async () => {
    const killed = model();
    killed.secret.startRotation('v1');
    for (const step of ['createSecret', 'setSecret', 'testSecret'] as const) await killed.step(step, 'v1');
    killed.onPoint = () => {
      if (killed.current !== 'token-0') throw new Killed();
    };
    expect(await killed.step('finishSecret', 'v1').then(() => undefined, (error: unknown) => error)).to.be.instanceOf(Killed);
    killed.onPoint = () => undefined;
    expect(killed.accepted).to.have.members(['token-0', killed.current]);
    await killed.step('finishSecret', 'v1');
    expect(killed.accepted).to.deep.equal([killed.current]);
  });

  it('does not move on to a token that a node refuses', async () => {
    const refusing = model();
    refusing.secret.startRotation('v1');
    await refusing.step('createSecret', 'v1');
    const failure = await refusing.step('testSecret', 'v1').then(() => 'none', (error: Error) => error.message);
    expect(failure).to.equal('Cache model: a node does not accept the pending token. Rotate again.');
    expect(await refusing.step('finishSecret', 'v1').then(() => 'none', (error: Error) => error.message)).to.equal(failure);
    expect(refusing.current).to.equal('token-0');
  });

  it('gives up before its time is up when the cache stays busy, and says so', async () => {
    const busy = model();
    busy.secret.startRotation('v1');
    await busy.step('createSecret', 'v1');
    busy.isSettled = () => Promise.resolve(false);
    expect(await busy.step('setSecret', 'v1').then(() => 'none', (error: Error) => error.message)).to.equal(
      'Cache model: it is still being changed after all the time that the function has. Secrets Manager tries again by itself; nothing is refused meanwhile.',
    );
  });

  it('shows no token, neither a good one nor one that is no JSON', async () => {
    const odd = model();
    await odd.rotate('v1');
    odd.judges = false;
    odd.secret.set('AWSCURRENT', '{"value": token-in-the-open');
    odd.secret.startRotation('v2');
    expect(await odd.step('createSecret', 'v2').then(() => 'none', (error: Error) => error.message)).to.match(/no token of the form/).and.not.match(/in-the-open/);
    expect(said.join('\n')).to.include('finishSecret of').and.not.match(/token-0|new-\d/);
  });
});
