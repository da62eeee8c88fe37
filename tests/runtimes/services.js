// usage: node services.js PREFIX leaky|mended     services made of the library's tools
const serve = require('./serve');

class Session {
	constructor(id) {
		this.user = 'user ' + id;
		this.beat = this.beat.bind(this);
	}

	open() {
		this.timer = setInterval(this.beat, 1e8).unref();
		return this;
	}

	beat() {}
}

class Job {
	constructor(id, signal) {
		this.id = id;
		this.onAbort = () => { this.state = 'aborted'; };
		signal.addEventListener('abort', this.onAbort);
	}
}

// Two lists of one object: each is a leak of its own.
class Broker {
	urgent = [];
	dead = [];
}

class Message {
	constructor(id) {
		this.body = 'message ' + id;
	}
}

class Handle {
	constructor(id) {
		this.name = 'file ' + id;
	}
}

const shutdown = new AbortController();
require('events').setMaxListeners(0, shutdown.signal);
const broker = new Broker();
const closed = new FinalizationRegistry(() => {});
const history = new WeakMap();
const app = { name: 'shop' };
history.set(app, []);
const open = [];

// What a request leaves behind, and what takes it away again.
const services = [
	[id => open[id % 8] = new Session(id).open(), id => clearInterval(open[id % 8].timer)],
	[id => open[8] = new Job(id, shutdown.signal),
		() => shutdown.signal.removeEventListener('abort', open[8].onAbort)],
	[id => broker.urgent.push(new Message(id)), () => broker.urgent.pop()],
	[id => broker.dead.push(new Message(id)), () => broker.dead.pop()],
	// What is registered holds its own target.
	[id => {
		const handle = new Handle(id);
		closed.register(handle, { handle }, handle);
		open[9] = handle;
	}, () => closed.unregister(open[9])],
	[id => history.get(app).push({ path: '/' + id, at: 1e12 + id, status: 200 }),
		() => history.get(app).pop()],
];

serve(services, () => { open.length = 0; });
