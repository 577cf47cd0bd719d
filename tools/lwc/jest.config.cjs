// Run from the project's root: Salesforce's resolver looks there for sfdx-project.json.
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  roots: ['<rootDir>/tools/lwc/test'],
  setupFiles: ['<rootDir>/tools/lwc/test/setup.js'],
  // Salesforce's stubs lack the one, and the other goes nowhere.
  moduleNameMapper: {
    '^lightning/modal$': '<rootDir>/tools/lwc/test/modal.js',
    '^lightning/navigation$': '<rootDir>/tools/lwc/stage/lightning/navigation.js',
  },
};
