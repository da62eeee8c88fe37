import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** usage: java Numbers.java PREFIX leaky|mended     what leaks is numbers and text */
public class Numbers {
	static class Samples {
		int[] value = new int[16];
		int used;

		void add(int n) {
			if (used == value.length)
				value = Arrays.copyOf(value, used * 2);
			value[used++] = n;
		}
	}

	static class Report {
		final StringBuilder log = new StringBuilder();
		String text = "";
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
	}

	static final Samples samples = new Samples();
	static final Report report = new Report();

	/** What a request leaves behind; a mended program takes it away again. */
	static void request(int id, boolean mended) throws Exception {
		samples.add(id);
		report.log.append("request ").append(id).append(" was served\n");
		report.text += "request " + id % 10 + " was served\n";
		report.out.write(new byte[50]);
		if (!mended)
			return;
		samples.used--;
		report.log.setLength(0);
		report.text = "";
		report.out.reset();
	}

	public static void main(String[] args) throws Exception {
		HotSpotDiagnosticMXBean dumper =
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		int served = 0;
		for (int n : new int[] {200, 1200, 2200}) {
			for (; served < n; served++)
				request(served, args[1].equals("mended"));
			dumper.dumpHeap(args[0] + "_" + n + ".hprof", true);
		}
	}
}
