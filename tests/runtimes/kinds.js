// usage: node kinds.js PREFIX leaky|mended     more kinds of leaks than leaky.js has
const serve = require('./serve');
const { EventEmitter } = require('events');
const { AsyncResource } = require('async_hooks');

class Request extends EventEmitter {}

class BufferList {
	chunks = [];
}

class TreeNode {
	children = [];

	constructor(name) {
		this.name = name;
	}
}

class Pool {
	tasks = new Map();

	run(id, payload) {
		return new Promise((resolve, reject) =>
			this.tasks.set(id, { resolve, reject, payload }));
	}
}

class Scheduler {
	handles = [];

	every(task) {
		this.handles.push(setInterval(task, 1e8).unref());
	}
}

class Session {
	constructor(id) {
		this.user = 'user ' + id;
	}
}

const active = new Set();
const buffers = new BufferList();
const root = new TreeNode('root');
const pool = new Pool();
const scheduler = new Scheduler();
const routes = {};
const memo = {};
const bus = new EventTarget();
const resources = [];
const table = Object.create(null);

// What a request leaves behind, and what takes it away again.
const kinds = [
	[id => active.add(new Request()), () => active.clear()],
	[id => buffers.chunks.push(Buffer.from('chunk ' + id + ' '.repeat(60))),
		() => buffers.chunks.pop()],
	[id => root.children.push(new TreeNode('node ' + id)), () => root.children.pop()],
	[id => void pool.run(id, 'job ' + id), id => pool.tasks.delete(id)],
	[id => scheduler.every(() => id), () => clearInterval(scheduler.handles.pop())],
	[id => routes['/user/' + id] = () => id, id => delete routes['/user/' + id]],
	[id => memo[JSON.stringify({ id })] = ['result', id],
		id => delete memo[JSON.stringify({ id })]],
	[id => table['__proto__' + id] = new Session(id), id => delete table['__proto__' + id]],
	[id => resources.push(new AsyncResource('query')), () => resources.pop()],
];

serve(kinds);
