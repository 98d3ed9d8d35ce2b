import { expect } from 'chai';
import fc from 'fast-check';
import { rotate, type Outcome } from '../../../src/functions/rotate-origin-header/rotation';
import { Killed, Model, type Place } from './model';

const asked = { isAsked: true, days: 90 };
const hourly = { isAsked: false, days: 90 };
const atRest = { sendsCurrent: true, isDeployed: true, differ: true, rules: [true, true] };
const rollouts: readonly (readonly Place[])[] = [['primary'], ['secondary'], ['edge'], ['secondary', 'primary', 'edge']];

/** Invokes until nothing is left to do, as the schedule does. */
async function finish(model: Model): Promise<void> {
  for (let runs = 0; runs < 10; runs += 1) {
    const { isFinished } = await rotate(model.invoke(), hourly, model);
    if (isFinished) return;
  }
  throw new Error('The rotation does not end.');
}

/** One invocation, which may be killed. */
const killable = (model: Model): Promise<Outcome | undefined> =>
  rotate(model.invoke(), asked, model).catch((error: unknown) => {
    if (error instanceof Killed) return undefined;
    throw error;
  });

/** Milliseconds after which Lambda repeats an invocation that was killed. */
const lambdaRetries = 60_000;

/** One rollout, whose deployments are further apart than copies of a secret take. */
function rollOut(model: Model, places: readonly Place[]): void {
  places.forEach((place, index) => {
    if (index > 0) model.copy();
    model.rollOut(place);
  });
}

/** Milliseconds from one rollout to the next at least: longer than a copy takes. */
const apart = 10_000;

interface Disturbance {
  readonly kill: number;
  /** What is rolled out at which points, or as soon after as the rollout before allows. */
  readonly at: readonly (readonly [point: number, places: readonly Place[]])[];
  readonly isEdgeAtHome?: boolean;
  /** Milliseconds from the kill to the next invocation. */
  readonly retry?: number;
}

/** What is wrong after a rotation with these disturbances, or was at any moment of it. */
async function disturbed({ kill, at, isEdgeAtHome = false, retry = lambdaRetries }: Disturbance): Promise<string[]> {
  const model = new Model(isEdgeAtHome);
  const waiting = [...at].sort(([one], [other]) => one - other);
  let earliest = 0;
  const rollOuts = (now: number): void => {
    const [first] = waiting;
    if (!first || now < first[0] || model.time < earliest) return;
    waiting.shift();
    earliest = model.time + apart;
    rollOut(model, first[1]);
  };
  model.onPoint = (point) => {
    rollOuts(point);
    if (point === kill) throw new Killed();
  };
  await killable(model);
  model.onPoint = rollOuts;
  if (kill < model.points && retry > 0) await model.pause(retry);
  await finish(model);
  const isAtRest = JSON.stringify(model.ends()) === JSON.stringify(atRest);
  return [...model.broken, ...(isAtRest ? [] : [JSON.stringify(model.ends())])].map((what) => `killed at ${kill}, rollouts ${JSON.stringify(at)}: ${what}`);
}

/** The points of a rotation that nothing disturbs. */
async function pointsOf(): Promise<number> {
  const model = new Model();
  await rotate(model.invoke(), asked, model);
  return model.points;
}

describe('The rotation of the origin header', () => {
  it('ends with another value sent and accepted everywhere, and the old one refused', async () => {
    const model = new Model();
    await rotate(model.invoke(), asked, model);
    await finish(model);
    expect(model.ends()).to.deep.equal(atRest);
    expect([model.current, ...Object.values(model.rules).flat()]).to.include('b').and.not.include('a');
    expect(model.broken).to.deep.equal([]);
  });

  it('takes its steps in the order that refuses nothing, and names no value in what it says', async () => {
    const model = new Model();
    expect(await rotate(model.invoke(), asked, model)).to.deep.equal({
      isFinished: true,
      steps: [
        'CloudFront is to send the next value',
        'the value that CloudFront sends is the current one',
        'the former value stays accepted for some minutes',
        'there is a new next value',
        '2 listener rules accept the values that belong to them now',
      ],
    });
  });

  it('does nothing before the value is old enough, and begins by itself then', async () => {
    const model = new Model();
    expect(await rotate(model.invoke(), hourly, model)).to.deep.equal({ isFinished: true, steps: [] });
    model.time += 90 * 86_400_000;
    await finish(model);
    expect([model.current, model.ends()]).to.deep.equal(['b', atRest]);
  });

  it('rotates again and again', async () => {
    const model = new Model();
    const values = [];
    for (let times = 0; times < 3; times += 1) {
      await rotate(model.invoke(), asked, model);
      await finish(model);
      values.push(model.current);
    }
    expect([new Set(values).size, model.ends(), model.broken]).to.deep.equal([3, atRest, []]);
  });

  it('lets no rule accept the same value twice', async () => {
    const model = new Model();
    const doubled: string[] = [];
    const accept = model.accept.bind(model);
    model.accept = (rule, values) => {
      if (new Set(values).size < 2) doubled.push(rule);
      return accept(rule, values);
    };
    for (let point = 0; point < (await pointsOf()); point += 1) {
      model.onPoint = (now) => now === point && rollOut(model, ['secondary', 'primary', 'edge']);
      await rotate(model.invoke(), asked, model);
    }
    expect(doubled).to.deep.equal([]);
  });

  for (const isEdgeAtHome of [false, true]) {
    it(`can be killed at any point and goes on, whatever rollout comes in at any point: no region ever refuses what CloudFront sends (the edge stands with the ${isEdgeAtHome ? 'secrets' : 'copies'})`, async function () {
      this.timeout(60_000);
      const points = await pointsOf();
      const failures: string[] = [];
      for (let kill = 0; kill <= points; kill += 1) {
        failures.push(...(await disturbed({ kill, at: [], isEdgeAtHome })));
        for (const places of rollouts) for (let point = 0; point <= points; point += 1) failures.push(...(await disturbed({ kill, at: [[point, places]], isEdgeAtHome })));
      }
      expect(failures.slice(0, 5)).to.deep.equal([]);
    });
  }

  it('bears two rollouts within one rotation, too, while somebody goes on with it', async function () {
    this.timeout(60_000);
    const points = await pointsOf();
    const rollout = fc.tuple(fc.nat(points), fc.constantFrom(...rollouts));
    const disturbance = fc.record({ kill: fc.nat(points), at: fc.tuple(rollout, rollout), isEdgeAtHome: fc.boolean(), retry: fc.constant(0) });
    await fc.assert(fc.asyncProperty(disturbance, async (each) => void expect(await disturbed(each)).to.deep.equal([])), { numRuns: 5000 });
  });

  it('bears a rollout that writes a value long after it was read, also into the next rotation', async function () {
    this.timeout(60_000);
    const failures: string[] = [];
    const points = await pointsOf();
    for (const place of ['primary', 'secondary', 'edge'] as const) {
      for (const after of [1, 20_000, new Model().quiet]) {
        for (let point = 0; point <= points; point += 1) {
          const model = new Model();
          model.onPoint = (now) => now === point && model.rollOut(place, after);
          for (let rotations = 0; rotations < 2; rotations += 1) await rotate(model.invoke(), asked, model);
          await model.pause(after);
          await finish(model);
          if (model.broken.length > 0 || JSON.stringify(model.ends()) !== JSON.stringify(atRest)) failures.push(`${place} read at ${point}, written ${after} ms later: ${model.broken[0] ?? JSON.stringify(model.ends())}`);
        }
      }
    }
    expect(failures.slice(0, 5)).to.deep.equal([]);
  });

  it('lets both values in again within seconds when a rollout is faster than the copy of a secret', async () => {
    const breaks: number[] = [];
    for (let point = 0; point <= (await pointsOf()); point += 1) {
      const model = new Model();
      model.onPoint = (now) => {
        if (now === point) for (const place of ['secondary', 'primary', 'edge'] as const) model.rollOut(place);
      };
      await rotate(model.invoke(), asked, model);
      await finish(model);
      expect(model.ends(), `rollout at ${point}`).to.deep.equal(atRest);
      breaks.push(model.longestBreak);
    }
    expect(Math.max(...breaks)).to.equal(2000);
  });

  for (const { title, seconds, stuck, says } of [
    { title: 'CloudFront does not deploy', seconds: 3600, stuck: { isDeployed: false }, says: 'CloudFront: a change of the distribution is not deployed after an hour.' },
    { title: 'a secret is not copied', seconds: 3600, stuck: { isReplicated: false }, says: 'Secrets Manager: the copies of the header’s secrets differ after an hour.' },
  ]) {
    it(`fails, so that somebody is told, when ${title} for an hour`, async () => {
      const model = new Model();
      const found = await model.find();
      const late = { ...found, ...stuck, distribution: { ...found.distribution, ...stuck } };
      model.find = () => Promise.resolve(late);
      model.time += seconds * 1000 - 1;
      const waiting = await rotate(model.invoke(), hourly, { ...model, pause: model.pause.bind(model), remaining: () => 0 });
      expect(waiting).to.deep.equal({ isFinished: false, steps: [] });
      model.time += 1;
      const error = await rotate(model.invoke(), hourly, model).catch((thrown: unknown) => thrown);
      expect((error as Error).message).to.include(says);
    });
  }
});
