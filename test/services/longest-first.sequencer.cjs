const { default: Sequencer } = require('@jest/test-sequencer');

/** What starts whole processes takes longest, then what needs a database; so that no long file runs alone at the end. */
const ORDER = ['.full-spec.ts', '.e2e-spec.ts', '.db-spec.ts', '.spec.ts'];

const rank = ({ path }) => ORDER.findIndex((ending) => path.endsWith(ending));

/** By kind first; within a kind as jest would: by what it remembers of the last run, else by size. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
