const identifiers = ['CreditCardNumber', 'CreditCardExpiration', 'CreditCardSecurityCode'].map((name) => `arn:aws:dataprotection::aws:data-identifier/${name}`);

/**
 * The data-protection policy of log groups that must never show card data. Only who has `logs:Unmask` sees it, and nobody of
 * ours does. Findings are metrics (`LogEventsWithFindings`), which an alarm can watch.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html
 */
export const cardDataProtection = {
  Name: 'card-data',
  Description: 'Masks payment card data',
  Version: '2021-06-01',
  Statement: [
    { Sid: 'audit', DataIdentifier: identifiers, Operation: { Audit: { FindingsDestination: {} } } },
    { Sid: 'mask', DataIdentifier: identifiers, Operation: { Deidentify: { MaskConfig: {} } } },
  ],
} as const;
