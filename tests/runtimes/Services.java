import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** usage: java Services.java PREFIX leaky|mended     services made of the library's tools */
public class Services {
	record Pair(String from, String to, int day) {}

	record Rate(double value) {}

	record Message(int priority, String body) implements Comparable<Message> {
		@Override
		public int compareTo(Message other) {
			return Integer.compare(priority, other.priority);
		}
	}

	/** Two queues of one class: each is a leak of its own. */
	static class Broker {
		final Queue<Message> urgent = new PriorityQueue<>();
		final Queue<Message> dead = new ConcurrentLinkedQueue<>();
	}

	record Reminder(String who) implements Runnable {
		@Override
		public void run() {}
	}

	interface Handler {}

	record Retrying(Handler inner) implements Handler {}

	record Logging(Handler inner, String tag) implements Handler {}

	static final Map<Pair, Rate> rates = new HashMap<>();
	static final Broker broker = new Broker();
	static final Map<String, CompletableFuture<String>> inFlight = new ConcurrentHashMap<>();
	static final ScheduledThreadPoolExecutor calendar =
		new ScheduledThreadPoolExecutor(1, task -> {
			Thread thread = new Thread(task, "calendar");
			thread.setDaemon(true);
			return thread;
		});
	static Handler handler;

	/** What a request leaves behind; a mended program takes it away again. */
	static void request(int id, boolean mended) {
		rates.put(new Pair("EUR", "USD", id), new Rate(id));
		broker.urgent.add(new Message(id, "urgent " + id));
		broker.dead.add(new Message(id, "dead " + id));
		CompletableFuture<String> future = new CompletableFuture<>();
		inFlight.put("request " + id, future);
		future.thenApply(String::length);
		var reminder = calendar.schedule(new Reminder("user " + id), 1, TimeUnit.DAYS);
		handler = new Retrying(new Logging(handler, "request " + id));
		if (!mended)
			return;
		rates.clear();
		broker.urgent.clear();
		broker.dead.clear();
		inFlight.clear();
		reminder.cancel(false);
		handler = null;
	}

	public static void main(String[] args) throws Exception {
		HotSpotDiagnosticMXBean machine =
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		calendar.setRemoveOnCancelPolicy(true);
		int served = 0;
		for (int n : new int[] {200, 1200, 2200}) {
			for (; served < n; served++)
				request(served, args[1].equals("mended"));
			machine.dumpHeap(args[0] + "_" + n + ".hprof", args.length < 3); // live ones alone
		}
		System.exit(0);
	}
}
