import { expect } from 'chai';
import { sessionPreferences, type SessionPreferencesSettings } from '../../../../templates/modules/security/session-preferences';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

function inputsOf(more: Pick<SessionPreferencesSettings, 'idleMinutes' | 'maximumMinutes'> = {}): Readonly<Record<string, unknown>> {
  const t = builderOf();
  sessionPreferences(t, 'Session', { name: t.resourceName('sessions'), keyArn: value('key'), retentionInDays: 400, ...more });
  const { DocumentType, Content } = properties(t, 'Session') as Record<string, any>;
  expect([DocumentType, Content.schemaVersion, Content.sessionType]).to.deep.equal(['Session', '1.0', 'Standard_Stream']);
  expect(properties(t, 'SessionLog')).to.deep.include({ RetentionInDays: 400 });
  return Content.inputs as Readonly<Record<string, unknown>>;
}

describe('Preferences of sessions', () => {
  it('log what is typed as it is typed, to an encrypted group or not at all', () => {
    expect(inputsOf()).to.deep.include({ cloudWatchLogGroupName: { Ref: 'SessionLog' }, cloudWatchEncryptionEnabled: true, cloudWatchStreamingEnabled: true });
  });

  it('encrypt the session with the key of the log', () => {
    const t = builderOf();
    sessionPreferences(t, 'Session', { name: t.resourceName('sessions'), keyArn: value('key'), retentionInDays: 14 });
    const { Content } = properties(t, 'Session') as Record<string, any>;
    expect(Content.inputs.kmsKeyId).to.deep.equal(properties(t, 'SessionLog')['KmsKeyId']);
  });

  it('end a session after a quarter of an hour without a key pressed and after an hour in any case, unless told otherwise', () => {
    expect(inputsOf()).to.deep.include({ idleSessionTimeout: '15', maxSessionDuration: '60' });
    expect(inputsOf({ idleMinutes: 5, maximumMinutes: 30 })).to.deep.include({ idleSessionTimeout: '5', maxSessionDuration: '30' });
  });
});
