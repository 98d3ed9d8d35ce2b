/** The parts of @aws-cdk/aws-service-spec's database that the generator reads. */
export interface SpecDatabase {
  all(entity: 'resource'): Iterable<RichResource>;
  get(entity: 'typeDefinition', id: string): { readonly name: string; readonly properties: RichResource['properties'] };
}

/** A resource type as the database holds it. */
export interface RichResource {
  readonly cloudFormationType: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, { readonly type: PropertyType; readonly required?: boolean }>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tagInformation?: { readonly tagPropertyName: string; readonly variant: 'standard' | 'asg' | 'map' };
}

/** The type of a property as the database holds it. */
export type PropertyType =
  | { readonly type: 'string'; readonly allowedValues?: readonly string[] }
  | { readonly type: 'number' | 'integer' | 'boolean' | 'json' | 'null' | 'tag' | 'date-time' }
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] };
