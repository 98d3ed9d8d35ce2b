import { Fn, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { serviceUserPrefix } from './database-names';
import { pascal } from './parameters';
import type { ServiceRow, TableRow } from './service-row';

type Builder = TemplateBuilder<Parameters, unknown>;

/** A service's name in ECS, the same in both regions: plans and rights name it. It is also its task definition's family and its registry's name. */
export const serviceName = (t: Builder, { name }: Pick<ServiceRow, 'name'>): Name => t.resourceName(name);

/** Name of a table that a service owns, the same in both regions. */
export const tableName = (t: Builder, { name }: TableRow): Name => t.resourceName(name);

/** Name of the queue that a service works through. */
export const queueName = (t: Builder, queue: string): Name => t.resourceName(queue);

/** URL of a queue of the stack's own region, as text for `Fn::Sub`. */
export const queueUrlText = (t: Builder, queue: string): string => `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${queueName(t, queue).text}`;

/** URL of a queue of the stack's own region. */
export const queueUrl = (t: Builder, queue: string): IntrinsicFunction => Fn.Sub(queueUrlText(t, queue));

/** The database user of a service, which has its name with underscores: `service_account_api`. The proxy signs in as none without the prefix. */
export const databaseUserOf = ({ name }: Pick<ServiceRow, 'name'>): string => `${serviceUserPrefix}${name.replaceAll('-', '_')}`;

/** A name in environment variables: `ACCOUNT_API`. */
export const variable = (name: string): string => name.replaceAll('-', '_').toUpperCase();

/** The parameter of a service's template with the group of a service that it calls. */
export const calleeParameter = ({ name }: Pick<ServiceRow, 'name'>): string => `${pascal(name)}GroupId`;

/** The registry of the collector of traces, which every task runs: AWS's own image, pushed there once a release. */
export const collectorRepository = (t: Builder): Name => t.resourceName('trace-collector');

/** The root parameter with the collector's image. */
export const collectorParameter = 'TraceCollectorImage';
