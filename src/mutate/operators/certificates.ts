import { set, turn, drop, withElement } from '../mistakes';
import type { Operator } from '../operator';

const certificate = ['AWS::CertificateManager::Certificate'];

/** Mistakes in certificates. */
export const certificateOperators: readonly Operator[] = [
  { id: 'certificate-validated-by-mail', title: 'The certificate is renewed only if somebody reads a mail', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 4.2.1.1', 'NIST 800-53 r5 SC-17'], types: certificate, mistake: turn('ValidationMethod', 'EMAIL') },
  { id: 'certificate-validation-unset', title: 'The certificate says nothing of validation, which is by mail then', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 4.2.1.1', 'NIST 800-53 r5 SC-17'], types: certificate, mistake: drop('ValidationMethod') },
  { id: 'certificate-not-public-record', title: 'A certificate issued to an impostor would not be noticed', severity: 'LOW', controls: ['PCI DSS 4.0.1 4.2.1.1'], types: certificate, mistake: turn('CertificateTransparencyLoggingPreference', 'DISABLED') },
  { id: 'certificate-weak-key', title: 'The certificate has a key of 1024 bits', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-13'], types: certificate, mistake: set('KeyAlgorithm', 'RSA_1024') },
  { id: 'certificate-for-any-name', title: 'One certificate stands for every name of the domain', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SC-17'], types: certificate, mistake: withElement('SubjectAlternativeNames', '*.example.com') },
];
