import java.util.*;
import java.util.function.*;
import java.lang.management.ManagementFactory;
import com.sun.management.HotSpotDiagnosticMXBean;

public class Leaky {
	static class Handler { final int id; final String text; Handler(int id) { this.id = id; text = "payload " + id; } }
	static class Registry { final List<Handler> handlers = new ArrayList<>(); }
	static class Bus { final List<Runnable> listeners = new ArrayList<>(); }
	static class Entry { final String user; final int[] body = new int[4]; Entry(String user) { this.user = user; } }
	static final Registry registry = new Registry();
	static final Bus bus = new Bus();
	static final Map<String, Entry> cache = new HashMap<>();

	static void request(int i, boolean mended) {
		Handler h = new Handler(i);
		registry.handlers.add(h);
		int[] big = new int[20];
		Runnable r = () -> System.out.println(big.length + i);
		bus.listeners.add(r);
		cache.put("user" + i, new Entry("user" + i));
		if (mended) { registry.handlers.remove(h); bus.listeners.remove(r); cache.remove("user" + i); }
	}

	public static void main(String[] a) throws Exception {
		boolean mended = a.length > 1 && a[1].equals("mended");
		HotSpotDiagnosticMXBean bean = ManagementFactory.newPlatformMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
			"com.sun.management:type=HotSpotDiagnostic", HotSpotDiagnosticMXBean.class);
		int i = 0;
		for (int n : new int[] {200, 1200, 2200}) {
			for (; i < n; i++) request(i, mended);
			bean.dumpHeap(a[0] + "_" + n + ".hprof", a.length < 3); // live ones alone
		}
	}
}
