import { expect } from 'chai';
import { account, corner } from './support/corner';
import { chooseSystems } from '../../src/cli/choose';
import { failureOf } from '../../src/cli/failure';
import { meridian } from '../../src/cli/program';
import { unknownName } from '../../src/cli/unknown-name';
import { MeridianError } from '../../src/errors';

async function parse(line: string): Promise<MeridianError> {
  const program = meridian(() => Promise.resolve());
  for (const command of [program, ...program.commands]) command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  try {
    await program.parseAsync(line.split(' ').filter((word) => word !== ''), { from: 'user' });
  } catch (error) {
    if (error instanceof MeridianError) return error;
    throw error;
  }
  throw new Error(`"${line}" was accepted`);
}

describe('wrong usage of the meridian command', () => {
  const cases: readonly (readonly [line: string, message: string])[] = [
    ['', 'Command: none was given. See "meridian --help".'],
    ['buidl', 'Command "buidl": no such command. Did you mean "build"? See "meridian --help".'],
    ['local strat', 'Command "strat": no such command. Did you mean "start"? See "meridian local --help".'],
    ['check --jsno', 'Option "--jsno": "meridian check" has no such option. Did you mean "--json"? See "meridian check --help".'],
    ['check --elephant', 'Option "--elephant": "meridian check" has no such option. See "meridian check --help".'],
    ['rollout a b c', 'Usage: too many arguments for \'rollout\'. Expected 2 arguments but got 3. See "meridian rollout --help".'],
    ['rollout a b --target awss', 'Option --target: "awss" is not one of local, aws. Did you mean "aws"? See "meridian rollout --help".'],
    ['rollout a b --suffix Long-Suffix', 'Option --suffix: "Long-Suffix" is not accepted. Give 1 to 6 lower-case letters and digits. See "meridian rollout --help".'],
    ['rollout a b --wait soon', 'Option --wait: "soon" is not accepted. Give seconds from 0 to 86400. See "meridian rollout --help".'],
    ['local start --port 99999', 'Option --port: "99999" is not accepted. Give a port from 0 to 65535. See "meridian local start --help".'],
    ['rollout a b --account 12345', 'Option --account: "12345" is not accepted. Give twelve digits. See "meridian rollout --help".'],
    ['check --templates=', 'Option --templates: "" is not accepted. Give a path. See "meridian check --help".'],
    ['rollout a b --suffix a\nb', 'Option --suffix: "a\nb" is not accepted. Give 1 to 6 lower-case letters and digits. See "meridian rollout --help".'],
    ['status --region', 'Usage: option \'--region <region>\' argument missing. See "meridian status --help".'],
  ];
  for (const [line, message] of cases) {
    it(`is named for "meridian ${line.replace('\n', '⏎')}"`, async () => {
      const error = await parse(line);
      expect(error.message).to.equal(message);
      expect(error.exitCode).to.equal(2);
    });
  }
});

describe('unknown names', () => {
  it('lead to the nearest system', () => {
    expect(() => chooseSystems([account, corner], 'cornre', undefined)).to.throw(MeridianError, 'System "cornre": no such system. Did you mean "corner"? Choose one of account, corner.');
  });

  it('lead to the nearest environment of the system', () => {
    expect(() => chooseSystems([account, corner], 'corner', 'prod')).to.throw(MeridianError, 'Environment "prod": no such environment. Did you mean "production"? Choose one of production, develop.');
  });

  it('only list what there is when nothing is near', () => {
    expect(unknownName('Region', 'mars', ['us-east-1', 'ap-southeast-1']).message).to.equal('Region "mars": no such region. Choose one of us-east-1, ap-southeast-1.');
  });
});

describe('errors', () => {
  it('meant for a person are printed as they are', () => {
    expect(failureOf(new MeridianError('Disk: full. Free some space.', 2))).to.deep.equal({ text: 'Disk: full. Free some space.', exitCode: 2 });
  });

  it('of AWS name the service exception, without a stack', () => {
    const refusal = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException', $metadata: {} });
    expect(failureOf(refusal)).to.deep.equal({ text: 'AWS: AccessDeniedException: User is not authorized. Correct the cause and run the same command again.', exitCode: 3 });
  });

  it('of files name the file and what the machine says, without a stack', () => {
    const trouble = Object.assign(new Error("ENOSPC: no space left on device, write '/d/x'"), { errno: -28, code: 'ENOSPC', syscall: 'write', path: '/d/x' });
    expect(failureOf(trouble)).to.deep.equal({ text: "File /d/x: ENOSPC: no space left on device, write '/d/x'. Correct that on this machine and run the same command again.", exitCode: 2 });
  });

  it('quote what was typed without letting it steer or flood the terminal', () => {
    const { text } = failureOf(new MeridianError(`System "\u001b[31m${'x'.repeat(5_000)}\u202e": no such system. Choose another.`, 2));
    expect(text).to.match(/^System "\\u001b\[31mx+…x+\\u202e": no such system\. Choose another\.$/).and.have.length.lessThan(1_100);
  });

  it('that are defects print their stack and fail', () => {
    const { text, exitCode } = failureOf(new TypeError('undefined is not a function'));
    expect(text).to.match(/^TypeError: undefined is not a function\n\s+at .*usage\.test\.ts/);
    expect(exitCode).to.equal(3);
  });
});
