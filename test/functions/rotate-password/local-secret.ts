import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';

/** ARN of the secret that the tests rotate. */
export const secretArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:kasha/rds/mysql/admin-password-AbCdEf';

/** What a version of the secret holds, and its staging labels. */
export interface SecretVersion {
  value?: string;
  readonly labels: Set<string>;
}

/** One secret in memory, behind Secrets Manager's API: versions, values and staging labels. */
export class LocalSecret {
  readonly versions = new Map<string, SecretVersion>();
  readonly stub = mockClient(SecretsManagerClient);
  /** What `DescribeSecret` says beside the versions. */
  description: { PrimaryRegion?: string; RotationEnabled?: boolean } = { RotationEnabled: true };
  private passwords = 0;

  constructor(current: object) {
    this.versions.set('version-0', { value: JSON.stringify(current), labels: new Set(['AWSCURRENT']) });
    this.stub.on(DescribeSecretCommand).callsFake(() => ({ ...this.description, VersionIdsToStages: this.labels() }));
    this.stub.on(GetSecretValueCommand).callsFake(({ VersionId, VersionStage }) => this.get(VersionStage, VersionId));
    this.stub.on(GetRandomPasswordCommand).callsFake(({ PasswordLength, ExcludeCharacters }) => ({
      RandomPassword: `new-${++this.passwords}-${PasswordLength}-without-${ExcludeCharacters}`,
    }));
    this.stub.on(PutSecretValueCommand).callsFake(({ ClientRequestToken, SecretString, VersionStages }) => {
      for (const label of VersionStages) this.move(label, ClientRequestToken);
      this.version(ClientRequestToken).value = SecretString;
    });
    this.stub.on(UpdateSecretVersionStageCommand).callsFake(({ VersionStage, MoveToVersionId, RemoveFromVersionId }) => {
      if (RemoveFromVersionId !== this.at(VersionStage)) throw new Error(`${VersionStage} is not at ${RemoveFromVersionId}`);
      this.move(VersionStage, MoveToVersionId);
    });
  }

  /** Does what `RotateSecret` does before it invokes the function: a pending version that has no value. */
  startRotation(version: string): void {
    this.move('AWSPENDING', version);
  }

  /** The JSON at a staging label. */
  json(label: string): Record<string, unknown> {
    return JSON.parse(this.version(this.at(label) ?? '').value ?? '{}') as Record<string, unknown>;
  }

  /** Gives a label's version a value, and makes the version when there is none. */
  set(label: string, value: object | string): void {
    const version = this.at(label) ?? `version-of-${label}`;
    this.move(label, version);
    this.version(version).value = typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** Staging labels by version. */
  labels(): Record<string, string[]> {
    return Object.fromEntries([...this.versions].map(([id, { labels }]) => [id, [...labels]]));
  }

  /** Names of the commands that changed something. */
  changes(): string[] {
    return this.stub
      .calls()
      .map((call) => call.args[0].constructor.name)
      .filter((name) => /^(Put|Update)/.test(name));
  }

  private at(label: string): string | undefined {
    return [...this.versions].find(([, { labels }]) => labels.has(label))?.[0];
  }

  private version(id: string): SecretVersion {
    const version = this.versions.get(id) ?? { labels: new Set() };
    this.versions.set(id, version);
    return version;
  }

  private move(label: string, to: string): void {
    const from = this.at(label);
    if (from === to) return;
    if (from !== undefined) this.version(from).labels.delete(label);
    this.version(to).labels.add(label);
    if (label === 'AWSCURRENT' && from !== undefined) this.move('AWSPREVIOUS', from);
  }

  private get(label: string, id: string | undefined): { SecretString: string } {
    const version = this.versions.get(id ?? this.at(label) ?? '');
    if (version?.value === undefined || !version.labels.has(label)) {
      throw new ResourceNotFoundException({ message: `no secret value for staging label: ${label}`, $metadata: {} });
    }
    return { SecretString: version.value };
  }
}
