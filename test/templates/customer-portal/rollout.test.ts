import { customerPortal } from '../../../templates/systems/customer-portal';
import { RolledSystem } from '../rolled-system';

describe('Customer portal on the local AWS', function () {
  this.timeout(90_000);
  let portal: RolledSystem;

  before(async () => {
    portal = await RolledSystem.open(customerPortal);
  });
  after(() => portal?.close());

  it('CUS-82 stands in both regions, with one writer in the primary, and a second rollout changes nothing', () => portal.standsAndStays());

  it('CUS-82 changes no nested stack but the one that a new image belongs to, in the secondary first', () => portal.changesOneStack('FrontendImage'));

  it('CUS-67 is destroyed to nothing by one command', () => portal.isDestroyed());
});
