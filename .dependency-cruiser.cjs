/** Imports go one way: templates/systems → templates/modules → src/cfn, and src/cli → the other parts of src → templates/systems. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'cfn-imports-nothing-of-ours', severity: 'error', from: { path: '^src/cfn/' }, to: { path: '^(src|templates)/', pathNot: '^src/(cfn/|errors\\.ts$)' } },
    { name: 'modules-know-no-systems', severity: 'error', from: { path: '^templates/modules/' }, to: { path: '^templates/(systems|account|bootstrap)/' } },
    { name: 'templates-are-pure', severity: 'error', from: { path: '^templates/' }, to: { path: '^src/', pathNot: '^src/(cfn/|errors\\.ts$|check/waiver\\.ts$)' } },
    { name: 'templates-do-no-input-or-output', severity: 'error', from: { path: '^templates/' }, to: { dependencyTypes: ['core'] } },
    { name: 'nothing-imports-the-command-line', severity: 'error', from: { path: '^src/', pathNot: '^src/cli/' }, to: { path: '^src/cli/' } },
    { name: 'products-know-no-mutants', severity: 'error', from: { path: '^(src|templates)/', pathNot: '^src/mutate/' }, to: { path: '^src/mutate/' } },
    { name: 'functions-stand-alone', severity: 'error', from: { path: '^src/functions/' }, to: { path: '^(src|templates)/', pathNot: '^src/functions/' } },
    { name: 'resolve-reads-only-what-was-built', severity: 'error', from: { path: '^src/resolve/' }, to: { path: '^(src|templates)/', pathNot: '^src/(resolve/|cfn/|build/manifest\\.ts$|errors\\.ts$)' } },
    { name: 'analysis-reads-only-what-is-resolved', severity: 'error', from: { path: '^src/analyse/' }, to: { path: '^(src|templates)/', pathNot: '^src/(analyse/|resolve/|cfn/|errors\\.ts$)' } },
    { name: 'reachability-does-no-input-or-output', severity: 'error', from: { path: '^src/analyse/reachability/' }, to: { dependencyTypes: ['core'] } },
    { name: 'products-need-no-development-dependencies', severity: 'error', from: { path: '^(src|templates)/' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: '^src/cfn/generated/' } },
};
