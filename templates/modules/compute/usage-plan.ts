import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { ApiKey, UsagePlan, UsagePlanKey } from '../../../src/cfn/generated/apigateway';
import type { ApiStageHandle, ApiThrottle } from './api-stage';
import type { RestApiHandle } from './rest-api';

/** A plan by which clients call an API. */
export interface UsagePlanSettings {
  readonly name: Name;
  readonly description: string;
  readonly api: RestApiHandle;
  readonly stage: ApiStageHandle;
  /** What each key of the plan may ask for. */
  readonly throttle: ApiThrottle;
  /** Requests of one key in a calendar month, after which it gets 429. */
  readonly requestsPerMonth: number;
}

/**
 * A usage plan. API Gateway keeps to its limits as well as it can and may let a few requests more through: they share the backend
 * out, and do not keep an attacker off.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function usagePlan(t: TemplateBuilder<Parameters, unknown>, id: string, settings: UsagePlanSettings): Handle<'AWS::ApiGateway::UsagePlan', 'Id'> {
  const { name, description, api, stage, throttle, requestsPerMonth } = settings;
  return t.add(
    id,
    new UsagePlan({
      UsagePlanName: name,
      Description: description,
      ApiStages: [{ ApiId: api.ref(), Stage: stage.ref() }],
      Throttle: { RateLimit: throttle.requestsPerSecond, BurstLimit: throttle.burst },
      Quota: { Limit: requestsPerMonth, Period: 'MONTH' },
    }),
  );
}

/** The key of one client. */
export interface ApiKeySettings {
  readonly name: Name;
  /** Whose key it is. */
  readonly description: string;
  readonly plan: Handle<'AWS::ApiGateway::UsagePlan', 'Id'>;
  /**
   * A dynamic reference to a secret of 20 to 128 characters. With one that is replicated, the key is good in each region: keys that API
   * Gateway makes up differ, and a client would be refused after a failover. Never the value itself.
   */
  readonly value: Value<string>;
}

/**
 * An API key of a usage plan. It says which client calls; it is no proof of who calls, and must not be the only one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-basic-concept.html
 */
export function apiKey(t: TemplateBuilder<Parameters, unknown>, id: string, { name, description, plan, value }: ApiKeySettings): Handle<'AWS::ApiGateway::ApiKey', 'APIKeyId'> {
  const key = t.add(id, new ApiKey({ Name: name, Description: description, Enabled: true, Value: value }));
  t.add(`${id}InPlan`, new UsagePlanKey({ KeyId: key.ref(), KeyType: 'API_KEY', UsagePlanId: plan.ref() }));
  return key;
}
