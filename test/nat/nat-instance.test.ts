import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { natUserData } from './user-data';

const namespaces = resolve(__dirname, 'namespaces.sh');
const shellcheck = resolve(__dirname, '../../.tools/python/bin/shellcheck');
const inNamespaces = ['--net', '--mount', '--fork', '--kill-child'];

describe('The user data of a NAT instance', function () {
  this.timeout(60_000);
  let folder: string;
  let script: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'meridian-nat-'));
    script = join(folder, 'user-data.sh');
    writeFileSync(script, natUserData());
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is no longer than EC2 takes', () => {
    expect(natUserData().length).to.be.at.most(16_384);
  });

  it('is a script that bash can read', () => {
    expect(spawnSync('bash', ['-n', script], { encoding: 'utf8' })).to.include({ status: 0, stderr: '' });
  });

  it('is a script in which shellcheck finds nothing', function () {
    if (!existsSync(shellcheck)) {
      this.test!.title += ' (could not run: shellcheck is missing, run npm run setup)';
      this.skip();
    }
    expect(spawnSync(shellcheck, [script, namespaces], { encoding: 'utf8' })).to.include({ status: 0, stdout: '' });
  });

  describe('between a private subnet and the internet', () => {
    let found: Readonly<Record<string, string>>;
    /** Why no packet can be translated here; undefined where it can. */
    let noPackets: string | undefined;
    /** A test of packets, which says so when there are none. */
    const packets = (title: string, body: () => void) =>
      it(title, function () {
        if (noPackets !== undefined) {
          this.test!.title += ` (could not run: ${noPackets})`;
          this.skip();
        }
        body();
      });
    const calls = (boot: string): readonly string[] => readFileSync(join(folder, `${boot}.calls`), 'utf8').trim().split('\n');

    before(function () {
      const noNamespaces = whyNot('true');
      if (noNamespaces !== undefined) {
        for (const test of this.test!.parent!.tests) test.title += ` (could not run: ${noNamespaces})`;
        this.skip();
      }
      noPackets = whyNot(masquerading);
      const output = execFileSync('unshare', [...inNamespaces, 'bash', namespaces, script, folder, ...(noPackets === undefined ? [] : ['without-nft'])], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
      found = Object.fromEntries(output.trim().split('\n').map((line) => line.split(/=(.*)/s, 2)));
    });

    it('forwards nothing before it has run', () => {
      expect(found).to.include({ before: 'nothing' });
    });

    it('takes the network interface from a predecessor that still holds it', () => {
      expect(found).to.include({ first: '0', holder: 'i-new' });
      const steps = calls('first').filter((call) => /^aws ec2 (attach|detach)/.test(call)).map((call) => call.split(' ').slice(2).join(' '));
      expect(steps).to.deep.equal([
        'detach-network-interface --attachment-id eni-attach-1 --force --region us-east-1 --output text',
        'attach-network-interface --network-interface-id NatInterface1 --instance-id i-new --device-index 1 --region us-east-1 --output text',
      ]);
    });

    packets('shows the internet the address of that interface, a port that network ACLs let answers come back on, and segments that fit', () => {
      const [address, port, segment] = found['https']!.split(' ');
      expect(address).to.equal('10.30.64.20');
      expect(Number(port)).to.be.within(32_768, 65_535);
      expect(Number(segment)).to.be.at.most(1460);
    });

    it('keeps to its own address for what it asks for itself', () => {
      expect(found).to.include({ own: 'ens5 10.30.64.10' });
    });

    packets('forwards to no other port, and for nobody but the private subnets', () => {
      expect(found).to.include({ http: 'nothing', stranger: 'nothing' });
    });

    it('tells its stack that it works, and then stops the clock that would power it off', () => {
      const told = calls('first').filter((call) => /^(cfn-signal|systemd-run|systemctl (stop|poweroff))/.test(call));
      expect(told).to.deep.equal([
        'systemd-run --quiet --unit nat-instance-deadline --on-active 10min systemctl poweroff',
        'systemctl stop nat-instance-deadline.timer',
        'cfn-signal --success true --stack AWS::StackId --resource NatGroup1 --region us-east-1',
      ]);
    });

    it('is NAT again after a reboot, by the unit that it made', () => {
      expect(calls('first')).to.include.members(['systemctl enable nat-instance.service', 'systemctl enable nftables.service']);
      expect(found).to.include({ off: 'nothing', again: '0', rules: '1' });
      expect(calls('again').filter((call) => /attach-network-interface/.test(call))).to.deep.equal([]);
    });

    packets('forwards again after a reboot', () => {
      expect(found['rebooted']).to.match(/^10\.30\.64\.20 /);
    });

    it('powers off when it cannot become NAT, having told its stack, so that its group replaces it', () => {
      expect(found).to.include({ failed: '1' });
      expect(calls('failed').slice(-2)).to.deep.equal(['cfn-signal --success false --stack AWS::StackId --resource NatGroup1 --region us-east-1', 'systemctl poweroff']);
    });
  });
});

/** What translating addresses asks of the machine. */
const masquerading = 'nft add table ip probe && nft add chain ip probe nat "{ type nat hook postrouting priority srcnat; }" && nft add rule ip probe nat masquerade';

/** Why a command does not run among network namespaces here; nothing when it does. */
function whyNot(command: string): string | undefined {
  if (process.platform !== 'linux') return `network namespaces are Linux's, this is ${process.platform}`;
  const { status, stderr, error } = spawnSync('unshare', [...inNamespaces, 'bash', '-c', `mount -t tmpfs tmpfs /run && ip netns add probe && ${command}`], { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim().split('\n')[0];
}
