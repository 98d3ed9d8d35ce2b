/** The statement of a log group's data protection policy that masks payment card data, as requirement KSH-116 asks. */
export const maskedCardData = {
  Sid: 'mask',
  DataIdentifier: ['CreditCardNumber', 'CreditCardExpiration', 'CreditCardSecurityCode'].map((kind) => `arn:aws:dataprotection::aws:data-identifier/${kind}`),
  Operation: { Deidentify: { MaskConfig: {} } },
} as const;
