#!/usr/bin/env node
'use strict';

const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const root = join(__dirname, '..');

// The SDK's notice about the Node version says nothing about the user's command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Node 22 and newer keep compiled code between runs.
enableCompileCache?.(join(root, '.tools', 'compile-cache'));

registerTypeScript();
require('../src/cli/meridian');

/** TypeScript runs as it is: types are stripped here and checked by `npm test`, never at start-up. */
function registerTypeScript() {
  let tsNode;
  try {
    tsNode = require('ts-node');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    process.stderr.write(
      `Meridian: this checkout is not set up (ts-node is missing). Run: node ${join(root, 'scripts', 'setup.mjs')}\n`,
    );
    process.exit(2);
  }
  tsNode.register({ project: join(root, 'tsconfig.json'), swc: true });
}
