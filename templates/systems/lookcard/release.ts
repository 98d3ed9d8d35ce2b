import { Fn } from '../../../src/cfn';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { defineTemplate } from './environments';

/**
 * What was rolled last, as branch and commit: written by the last deployment of the system's own account, when all others stand. It is
 * a record and no tag, because a tag with the commit would change every resource of the platform with every commit.
 */
export const release = defineTemplate(
  'release',
  { description: 'LookCard record of the branch and commit that were rolled last', parameters: { GitBranch: { Type: 'String' }, GitCommit: { Type: 'String' } } },
  (t) => {
    t.add(
      'Release',
      new Parameter({ Name: t.resourceName('release'), Type: 'String', Description: 'Branch and commit that were rolled last', Value: Fn.Sub('{"branch":"${GitBranch}","commit":"${GitCommit}"}') }),
    );
    return {};
  },
);
