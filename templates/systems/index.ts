import type { System } from '../../src/cfn';
import { account } from '../account';
import { organization } from '../organization';
import { customerPortal } from './customer-portal';
import { financialPortal } from './financial-portal';
import { fintechGlobal } from './fintech-global';
import { kasha } from './kasha';
import { lookcard } from './lookcard';

/** Every system of the catalogue, the deployment that all systems of an account share, and what an organisation has once. */
export const systems: readonly System[] = [account, organization, kasha, financialPortal, customerPortal, fintechGlobal, lookcard];
