// usage: node numbers.js PREFIX leaky|mended     what leaks is numbers and text, no objects
const v8 = require('v8');

class Metrics {
	samples = [];
	ids = [];
	hits = new Map();
	history = new Float64Array(8);
	used = 0;
	log = '';

	remember(value) {
		if (this.used === this.history.length) {
			const longer = new Float64Array(this.used * 2);
			longer.set(this.history);
			this.history = longer;
		}
		this.history[this.used++] = value;
	}
}

const metrics = new Metrics();

// What a request leaves behind, and what takes it away again.
const kinds = [
	[id => metrics.samples.push(id + 0.5), () => metrics.samples.pop()],
	[id => metrics.ids.push(id), () => metrics.ids.pop()],
	[id => metrics.hits.set(id, 1), id => metrics.hits.delete(id)],
	[id => metrics.remember(id), () => metrics.used--],
	[id => metrics.log += `request ${id} was served in ${id % 7} ms\n`,
		() => metrics.log = ''],
];

const [prefix, state] = process.argv.slice(2);
let served = 0;
for (const n of [200, 1200, 2200]) {
	for (; served < n; served++)
		for (const [leave, take] of kinds) {
			leave(served);
			if (state === 'mended')
				take(served);
		}
	v8.writeHeapSnapshot(`${prefix}_${n}.heapsnapshot`);
}
process.exit(0);
