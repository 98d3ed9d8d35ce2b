import type { Register } from '../../../src/check/controls';

/** A register of one framework with two controls, the second with markup in its title. */
export function aRegister(): Register {
  return {
    frameworks: [
      {
        slug: 'soc-2',
        framework: 'AICPA Trust Services Criteria',
        short: 'SOC 2',
        version: '2017',
        published: '2022',
        source: 'https://example.com/soc',
        controls: { 'CC6.1': { title: 'Access to <script>alert(1)</script> & "secrets" | is controlled' }, 'CC9.1': { title: 'Disruption is mitigated' } },
      },
    ],
    controls: new Map(),
  };
}
