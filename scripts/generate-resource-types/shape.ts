/** An object type: a resource's own properties or one of its nested ones, with property types written in TypeScript. */
export interface Shape {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly required: boolean; readonly type: string }[];
}

/** What the generator needs to know of a resource type, wherever it was read. */
export interface ResourceType {
  readonly name: string;
  readonly properties: Shape['properties'];
  readonly shapes: readonly Shape[];
  /** Names that `Fn::GetAtt` accepts. */
  readonly attributes: readonly string[];
  readonly tagging?: { readonly property: string; readonly shape: 'list' | 'map' | 'propagating-list' };
}
