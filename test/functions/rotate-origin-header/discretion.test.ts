import { expect } from 'chai';
import { discreet } from '../../../src/functions/rotate-origin-header/discretion';
import { rotate } from '../../../src/functions/rotate-origin-header/rotation';
import type { Found } from '../../../src/functions/rotate-origin-header/step';
import { Model } from './model';

const values = { sends: 'value-that-is-sent', current: 'value-that-is-current', former: 'value-that-was-current', next: 'value-that-is-next', rule: 'value-of-a-rule', own: 'value-that-is-written' };
const secret = (value: string) => ({ value, version: 'v', made: new Date(0) });
const found: Found = {
  distribution: { sends: [values.sends], isDeployed: true, version: '1', changed: new Date(0) },
  current: secret(values.current),
  former: values.former,
  next: secret(values.next),
  isReplicated: true,
  rules: [{ arn: 'rule', accepts: [values.rule] }],
};

/** What a service may say that quotes all it was given. */
class Quoting extends Error {
  override readonly name = 'ValidationError';
  readonly $response = Object.values(values);
  constructor() {
    super(`1 validation error: ${Object.values(values).join(', ')} twice ${values.own}`, { cause: Object.values(values) });
  }
}

describe('An origin that is discreet', () => {
  const origin = discreet({
    find: () => Promise.resolve(found),
    send: () => Promise.reject(new Quoting()),
    accept: () => Promise.reject(new Quoting()),
    store: () => Promise.reject(new Quoting()),
  });

  for (const { title, act } of [
    { title: 'CloudFront refuses a value', act: () => origin.send(values.own, '1') },
    { title: 'a load balancer refuses values', act: () => origin.accept('rule', [values.own, values.current]) },
    { title: 'Secrets Manager refuses a value', act: () => origin.store('next', values.own, 'v') },
  ]) {
    it(`says why, and tells no value, when ${title}`, async () => {
      await origin.find();
      const error: unknown = await act().catch((thrown: unknown) => thrown);
      expect(error).to.be.an('error').with.property('message').that.matches(/^ValidationError: 1 validation error: \[a header value\]/);
      const told = JSON.stringify([error, Object.getOwnPropertyNames(error).map((name): unknown => Reflect.get(error as object, name))]);
      for (const value of Object.values(values)) expect(told).to.not.include(value);
    });
  }

  it('makes an error of what is none', async () => {
    const thrower = discreet({ ...origin, find: () => Promise.reject(values.current as unknown as Error) });
    expect(await thrower.find().catch((thrown: unknown) => thrown)).to.be.an('error').with.property('message').that.does.not.include(values.current);
  });

  it('does what the origin does', async () => {
    const model = new Model();
    const { isFinished } = await rotate(discreet(model.invoke()), { isAsked: true, days: 90 }, model);
    expect([isFinished, model.current]).to.deep.equal([true, 'b']);
  });
});
