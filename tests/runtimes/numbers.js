// usage: node numbers.js PREFIX leaky|mended     what leaks is numbers and text, no objects
const serve = require('./serve');

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

serve(kinds);
