import { expect } from 'chai';
import { Fn } from '../../src/cfn';
import { fingerprint } from '../../src/cfn/fingerprint';

describe('A fingerprint', () => {
  it('is ten hexadecimal digits, the same for the same value, intrinsics and all', () => {
    const value = () => ({ Uri: Fn.Sub('https://${Host}/'), List: [1, 'two'] });
    expect(fingerprint(value())).to.match(/^[0-9a-f]{10}$/);
    expect(fingerprint(value())).to.equal(fingerprint(value()));
  });

  it('is another for another value', () => {
    expect(fingerprint({ Uri: Fn.Sub('https://${Host}/') })).not.to.equal(fingerprint({ Uri: Fn.Sub('http://${Host}/') }));
  });
});
