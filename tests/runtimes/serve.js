// What the programs beside this one have in common: requests, each of which leaves something
// behind, and snapshots after 200, 1200 and 2200 of them.
const v8 = require('v8');

// `pairs`: what a request leaves behind, and what takes it away again; `settle` comes before a
// snapshot.
module.exports = (pairs, settle = () => {}) => {
	const [prefix, state] = process.argv.slice(2);
	let served = 0;
	for (const n of [200, 1200, 2200]) {
		for (; served < n; served++)
			for (const [leave, take] of pairs) {
				leave(served);
				if (state === 'mended')
					take(served);
			}
		settle();
		v8.writeHeapSnapshot(`${prefix}_${n}.heapsnapshot`);
	}
	process.exit(0);
};
