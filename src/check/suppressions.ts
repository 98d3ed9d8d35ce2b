import { objectsIn, whereOf, type CheckedTemplate } from './checked-template';
import type { Finding } from './finding';
import { valueText } from './value-text';

/** Metadata keys with which a template would silence a checker on itself. */
const silencing = ['cfn-lint', 'cfn_nag', 'checkov', 'guard'] as const;

/** Finds templates and resources that silence a checker by their own metadata: exceptions belong in waivers, with a reason and an end. */
export function suppressionFindings(templates: readonly CheckedTemplate[]): Finding[] {
  return templates.flatMap((template) => {
    const places = [
      { logicalId: undefined, metadata: template.body['Metadata'], path: 'Metadata' },
      ...objectsIn(template.body['Resources']).map(([logicalId, { Metadata }]) => ({ logicalId, metadata: Metadata, path: `Resources/${logicalId}/Metadata` })),
    ];
    return places.flatMap(({ logicalId, metadata, path }) =>
      silencing
        .filter((key) => typeof metadata === 'object' && metadata !== null && key in metadata)
        .map((key) => ({
          source: 'suppression',
          rule: 'self-suppression',
          controls: [],
          severity: 'HIGH',
          what: `${logicalId ?? 'The template'} silences ${key} on itself`,
          where: whereOf(template, logicalId),
          now: `Metadata.${key}: ${valueText((metadata as Record<string, unknown>)[key])}`,
          fix: 'Remove the metadata and write a waiver with reason, owner and expiry',
          path: `${path}/${key}`,
        })),
    );
  });
}
