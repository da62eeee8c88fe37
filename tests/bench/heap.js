// usage: node heap.js COUNT FILE     an order book of COUNT orders as a heap snapshot
class Order {
	constructor(id) {
		this.id = id;
		this.lines = [];
		this.customer = { name: 'customer ' + id, mail: 'c' + id + '@example.org' };
		this.total = id * 1.5;
	}
}

class Line {
	constructor(order, id) {
		this.order = order;
		this.sku = 'sku' + id;
		this.amount = id % 7;
	}
}

const orders = new Map();
for (let i = 0; i < +process.argv[2]; i++) {
	const order = new Order(i);
	for (let k = 0; k < 3; k++)
		order.lines.push(new Line(order, 3 * i + k));
	order.changed = () => order.id + i;
	orders.set(i, order);
}
globalThis.orders = orders;
require('v8').writeHeapSnapshot(process.argv[3]);
