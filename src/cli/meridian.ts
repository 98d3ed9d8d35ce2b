import { main } from './main';
import { checkoutWorkspace } from './workspace';

void main(process.argv.slice(2), checkoutWorkspace());
