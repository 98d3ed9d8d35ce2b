import { Resource } from '../../src/cfn/resource';
import type { Name } from '../../src/cfn';

/** A type whose name property has no known limit. */
export class Policy extends Resource<{ Title: Name }, never, 'AWS::Test::Policy'> {
  constructor(Title: Name) {
    super('AWS::Test::Policy', { Title });
  }
}
