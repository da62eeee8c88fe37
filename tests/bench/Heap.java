import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** usage: java Heap.java COUNT FILE     an order book of COUNT orders as a heap dump */
public class Heap {
	static class Order {
		final int id;
		final List<Line> lines = new ArrayList<>();
		final String customer;

		Order(int id) {
			this.id = id;
			customer = "customer " + id;
		}
	}

	static class Line {
		final Order order;
		final String sku;

		Line(Order order, int id) {
			this.order = order;
			sku = "sku" + id;
		}
	}

	static final Map<Integer, Order> orders = new HashMap<>();

	public static void main(String[] args) throws Exception {
		for (int i = 0; i < Integer.parseInt(args[0]); i++) {
			Order order = new Order(i);
			for (int k = 0; k < 3; k++)
				order.lines.add(new Line(order, 3 * i + k));
			orders.put(i, order);
		}
		ManagementFactory.newPlatformMXBeanProxy(
			ManagementFactory.getPlatformMBeanServer(),
			"com.sun.management:type=HotSpotDiagnostic",
			HotSpotDiagnosticMXBean.class).dumpHeap(args[1], true);
	}
}
