import type { System } from '../../src/cfn';
import { account } from '../account';
import { customerPortal } from './customer-portal';
import { financialPortal } from './financial-portal';
import { kasha } from './kasha';

/** Every system of the catalogue, and the deployment that all systems of an account share. */
export const systems: readonly System[] = [account, kasha, financialPortal, customerPortal];
