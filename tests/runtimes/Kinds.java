import com.sun.management.HotSpotDiagnosticMXBean;
import java.beans.PropertyChangeListener;
import java.beans.PropertyChangeSupport;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** usage: java Kinds.java PREFIX leaky|mended     more kinds of leaks than Leaky has */
public class Kinds {
	record Quote(String symbol, double price) {}

	static class Ticket {
		final int id;

		Ticket(int id) {
			this.id = id;
		}
	}

	static class Session extends Ticket {
		Session(int id) {
			super(id);
		}
	}

	static class View implements PropertyChangeListener {
		@Override
		public void propertyChange(java.beans.PropertyChangeEvent event) {}
	}

	static class Log {
		final Ticket value;
		final Log rest;

		Log(Ticket value, Log rest) {
			this.value = value;
			this.rest = rest;
		}
	}

	static final PropertyChangeSupport bean = new PropertyChangeSupport(new Object());
	static final Map<String, Quote> quotes = new ConcurrentHashMap<>();
	static final Set<String> tokens = new TreeSet<>();
	static final List<ByteBuffer> buffers = new ArrayList<>();
	static final ThreadLocal<Map<Integer, Session>> context =
		ThreadLocal.withInitial(HashMap::new);
	static final ConcurrentSkipListMap<Integer, Ticket> tickets =
		new ConcurrentSkipListMap<>();
	static final ExecutorService pool = Executors.newSingleThreadExecutor(task -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});
	static Log log;

	/** What a request leaves behind; a mended program takes it away again. */
	static void request(int id, boolean mended) throws Exception {
		View view = new View();
		bean.addPropertyChangeListener(view);
		quotes.put("symbol " + id, new Quote("S" + id, id));
		tokens.add("token " + id);
		buffers.add(ByteBuffer.allocateDirect(16));
		pool.submit(() -> context.get().put(id, new Session(id))).get();
		tickets.put(id, new Ticket(id));
		log = new Log(null, log);
		if (!mended)
			return;
		bean.removePropertyChangeListener(view);
		quotes.clear();
		tokens.clear();
		buffers.clear();
		pool.submit(() -> context.get().clear()).get();
		tickets.clear();
		log = null;
	}

	/** How many direct buffers there are. */
	static long direct() {
		for (BufferPoolMXBean pool :
			ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class))
			if (pool.getName().equals("direct"))
				return pool.getCount();
		return 0;
	}

	public static void main(String[] args) throws Exception {
		HotSpotDiagnosticMXBean machine = ManagementFactory.newPlatformMXBeanProxy(
			ManagementFactory.getPlatformMBeanServer(),
			"com.sun.management:type=HotSpotDiagnostic",
			HotSpotDiagnosticMXBean.class);
		long others = direct();
		int served = 0;
		for (int n : new int[] {200, 1200, 2200}) {
			for (; served < n; served++)
				request(served, args[1].equals("mended"));
			// A thread of the machine frees direct buffers some time after a collection.
			for (int i = 0; i < 1000 && direct() > others + buffers.size(); i++) {
				System.gc();
				Thread.sleep(10);
			}
			machine.dumpHeap(args[0] + "_" + n + ".hprof", true);
		}
		System.exit(0);
	}
}
