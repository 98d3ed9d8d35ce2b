import { runOneStep } from './check/one-step';

void runOneStep('cfn-lint');
