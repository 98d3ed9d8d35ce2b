import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Document } from '../../../src/cfn/generated/ssm';
import { logGroup } from '../monitoring/log-group';

/** How sessions of Session Manager run. */
export interface SessionPreferencesSettings {
  /** Of the document and the log group. */
  readonly name: Name;
  /** Key that encrypts the sessions, on top of TLS, and their log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that what was typed and answered stays. */
  readonly retentionInDays: number;
  /** Minutes without a key pressed after which a session ends. @default 15, after which PCI DSS 8.2.8 wants it ended */
  readonly idleMinutes?: number;
  /** Minutes after which a session ends whatever happens. @default 60 */
  readonly maximumMinutes?: number;
}

/** What `sessionPreferences` built. */
export interface SessionPreferences {
  readonly document: Handle<'AWS::SSM::Document', string>;
  readonly log: Handle<'AWS::Logs::LogGroup', 'Arn'>;
}

/**
 * A session document: whoever starts a shell with it (`aws ssm start-session --document-name`) is logged as they type and
 * read, to an encrypted group or not at all, and for a limited time. A document of our own, because the preferences in
 * `SSM-SessionManagerRunShell` are one for all of an account's region. Port forwarding has no content to log: CloudTrail says who asked for it.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
 */
export function sessionPreferences(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SessionPreferencesSettings): SessionPreferences {
  const { name, keyArn, retentionInDays, idleMinutes = 15, maximumMinutes = 60 } = settings;
  const log = logGroup(t, `${id}Log`, { name, retentionInDays, keyArn });
  const document = t.add(
    id,
    new Document({
      Name: name,
      DocumentType: 'Session',
      DocumentFormat: 'JSON',
      UpdateMethod: 'NewVersion',
      Content: {
        schemaVersion: '1.0',
        description: 'Shell by Session Manager, logged and encrypted',
        sessionType: 'Standard_Stream',
        inputs: {
          s3BucketName: '',
          s3KeyPrefix: '',
          s3EncryptionEnabled: true,
          cloudWatchLogGroupName: log.ref(),
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: true,
          kmsKeyId: keyArn,
          // The agent's own user, ssm-user: who types is in the log and in CloudTrail, not in the name.
          runAsEnabled: false,
          runAsDefaultUser: '',
          idleSessionTimeout: String(idleMinutes),
          maxSessionDuration: String(maximumMinutes),
          shellProfile: { linux: '' },
        },
      },
    }),
  );
  return { document, log };
}
