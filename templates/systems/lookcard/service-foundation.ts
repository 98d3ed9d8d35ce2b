import { nest, type Parameters, type RegionOrder, type Token } from '../../../src/cfn';
import type { DeploymentHead, DeploymentOutputs, RootBuilder } from '../../../src/cfn/deployment';
import type { Catalogue } from './catalogue';
import type { Before } from './cluster-deployment';
import { pascal } from './parameters';
import { registriesOf } from './registries';
import { serviceGroups } from './service-groups';
import type { LookcardSettings } from './settings';

type Foundation = Pick<Before, 'foundation'>;
type FoundationDeployment = readonly [DeploymentHead<Parameters, keyof Foundation>, (root: RootBuilder<Parameters, LookcardSettings>, before: Foundation) => DeploymentOutputs<Readonly<Record<string, Token>>>];

/**
 * What stands before the services of a later part, as the foundation has it for the first: their registries and security groups. It exists
 * once a row says a part above 1.
 */
export function serviceFoundation(regions: RegionOrder, catalogue: Catalogue, part: number): FoundationDeployment {
  const head = {
    description: `LookCard registries and security groups of the services of part ${part}`,
    regions,
    gate: 'images' as const,
    after: ['foundation'] as const,
    grows: { unit: 'service', stacks: catalogue.inPart(part).map(({ name }) => pascal(name)) },
    parameters: {},
  };
  return [
    head,
    (root, { foundation }) => {
      nest(root, 'Registries', registriesOf(catalogue, part), { DataKeyArn: root.wire(foundation.DataKeyArn) });
      return { wires: nest(root, 'ServiceGroups', serviceGroups(catalogue.inPart(part)), { VpcId: root.wire(foundation.VpcId) }) };
    },
  ];
}
