// SPDX-License-Identifier: MIT
// What a page can do beyond being read: sort, filter and page tables, hide columns, zoom and
// search pictures, follow an address.  It only adds controls; it writes textContent alone, so
// nothing that a dump holds can act.
(function () {
	"use strict";
	var D = document, root = D.documentElement, exact = false;
	root.classList.add("js");

	function el(tag, name, text) {
		var e = D.createElement(tag);
		if (name) e.className = name;
		if (text != null) e.textContent = text;
		return e;
	}
	function all(selector, within) {
		return Array.prototype.slice.call((within || D).querySelectorAll(selector));
	}
	function button(name, text, act) {
		var b = el("button", name, text);
		b.type = "button";
		b.addEventListener("click", act);
		return b;
	}
	function group(n) {
		var parts = String(Math.abs(n)).split(".");
		parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ",");
		return (n < 0 ? "\u2212" : "") + parts.join(".");
	}
	function human(v) {
		var n = Math.abs(v), i = 0, units = ["B", "kB", "MB", "GB", "TB"];
		while (n >= 999.5 && i < 4) { n /= 1000; i++; }
		return (v < 0 ? "\u2212" : "") +
			(i ? n.toFixed(n < 9.995 ? 2 : n < 99.95 ? 1 : 0) : n) + " " + units[i];
	}
	function bytes(v, plus) {
		return (plus && v > 0 ? "+" : "") + (exact ? group(v) : human(v));
	}
	function svg(tag, attributes) {
		var e = D.createElementNS("http://www.w3.org/2000/svg", tag);
		for (var k in attributes) e.setAttribute(k, attributes[k]);
		return e;
	}

	var toggle = D.getElementById("exact");
	toggle.hidden = !D.querySelector("data.b");
	toggle.addEventListener("click", function () {
		exact = !exact;
		toggle.setAttribute("aria-pressed", exact);
		all("data.b").forEach(function (d) {
			d.textContent = bytes(+d.getAttribute("value"), d.classList.contains("p"));
		});
	});

	// A table.  A row is its cells' values and, once it has been shown, its element.  What the
	// page holds beyond the rows in its markup is an array in a data block, read when asked for.
	var tables = all("table.t").map(function (T) {
		var body = T.tBodies[0], region = T.parentNode, heads = all("thead th", T),
			kinds = heads.map(function (h) { return h.dataset.k || "t"; }),
			block = T.dataset.more && D.getElementById(T.dataset.more),
			tops = (T.dataset.top || "").split(" ").map(Number),
			points = T.dataset.spark && T.dataset.spark.split(" ").map(Number),
			limit = 15, step = 100, order = null, down = false, word = "", hidden = {},
			totals = all("tr.tot", T), caption = T.caption ? T.caption.textContent : "table",
			loaded = !block, numbers = /^[nbpragc]$/;
		var rows = all("tbody tr:not(.tot)", T).map(function (r) {
			return { r: r, v: all("td,th", r).map(function (c) {
				var d = c.querySelector("data");
				return d ? +d.getAttribute("value") : c.querySelector(".none") ? null : c.textContent;
			}) };
		});
		var total = rows.length + (block ? +T.dataset.left : 0);

		function load() {
			if (loaded) return;
			loaded = true;
			JSON.parse(block.textContent).forEach(function (v) { rows.push({ r: null, v: v }); });
		}
		function bar(v, i) {
			var s = svg("svg", { "class": "cb", "aria-hidden": "true" });
			s.appendChild(svg("rect", { width: (tops[i] > 0 ? Math.min(100, 100 * Math.abs(v) / tops[i]) : 0) + "%",
				height: "100%", "class": kinds[i] === "p" ? "k-rest" : v < 0 ? "k-dn" : "k-grew" }));
			return s;
		}
		// The row's figures over dumps as a line, its axis from nought.
		function spark(row) {
			var s = svg("svg", { "class": "sl", "aria-hidden": "true", width: 56, height: 14 }),
				v = row.slice(points[0], points[0] + points[1]),
				top = Math.max.apply(null, v.concat(1));
			s.appendChild(svg("polyline", { "class": "ln", fill: "none", points: v.map(function (y, i) {
				return 1 + 54 * i / (v.length - 1) + "," + (13 - Math.max(0, y) / top * 12);
			}).join(" ") }));
			return s;
		}
		function cell(v, i, row) {
			var k = kinds[i], c = el("td", numbers.test(k) ? "n" : k === "m" ? "nm" : ""), d;
			if (v === null) c.appendChild(el("span", "none", "\u2218"));
			else if (numbers.test(k) && typeof v === "number") {
				if (tops[i] > 0) {
					if (points) {
						c.appendChild(spark(row));
						c.appendChild(D.createTextNode(" "));
					}
					c.appendChild(bar(v, i));
					c.appendChild(D.createTextNode(" "));
				}
				d = el("data", tops[i] > 0 ? "w" : "", k === "p" ? v.toFixed(1) + " %" : k === "a" ? v : group(v));
				if (k === "b" || k === "c") {
					d.className = (k === "c" ? "b p" : "b") + (tops[i] > 0 ? " w" : "");
					d.textContent = bytes(v, k === "c");
					d.title = group(v) + " bytes";
				} else if (k === "g") d.textContent = (v > 0 ? "+" : "") + group(v);
				else if (k === "a") d.className = "m a";
				d.setAttribute("value", v);
				c.appendChild(d);
			} else if (k === "m") c.appendChild(el("span", "m", v));
			else c.textContent = v;
			if (hidden[i]) c.classList.add("hid");
			return c;
		}
		function make(row) {
			if (!row.r) {
				row.r = el("tr");
				row.v.forEach(function (v, i) { row.r.appendChild(cell(v, i, row.v)); });
				link(row.r);
			}
			return row.r;
		}
		function compare(a, b) {
			if (a === b) return 0;
			if (a === null || b === null) return a === null ? 1 : -1;
			var less = typeof a === "number" && typeof b === "number" ? a < b : String(a) < String(b);
			return (less ? -1 : 1) * (down ? -1 : 1);
		}
		function show() {
			var w = word.toLowerCase(), list = rows, page = D.createDocumentFragment();
			if (w) list = rows.filter(function (x) { return x.v.join(" ").toLowerCase().indexOf(w) >= 0; });
			if (order != null) list = list.slice().sort(function (a, b) { return compare(a.v[order], b.v[order]); });
			list.slice(0, limit).forEach(function (x) { page.appendChild(make(x)); });
			totals.forEach(function (r) { page.appendChild(r); });
			body.replaceChildren(page);
			var n = loaded ? list.length : total, k = Math.min(limit, n);
			count.textContent = k < n ? group(k) + " of " + group(n) + " rows" : group(n) + (n === 1 ? " row" : " rows");
			next.hidden = k >= n;
			next.textContent = "Show " + Math.min(step, n - k) + " more";
		}
		heads.forEach(function (h, i) {
			var b = button("", h.textContent, function () {
				load();
				down = order === i ? !down : numbers.test(kinds[i]);
				order = i;
				heads.forEach(function (o) { o.removeAttribute("aria-sort"); });
				h.setAttribute("aria-sort", down ? "descending" : "ascending");
				show();
			});
			h.textContent = "";
			h.appendChild(b);
		});

		var tools = el("div", "tt"), filter = el("input"), count = el("span"), foot = el("div", "tt"),
			columns = el("details", "cols"), list = el("div"),
			next = button("", "", function () { load(); limit += step; show(); });
		filter.type = "search";
		filter.placeholder = "Filter rows";
		filter.setAttribute("aria-label", "Filter " + caption);
		count.setAttribute("aria-live", "polite");
		filter.addEventListener("input", function () { load(); word = filter.value; show(); });
		columns.appendChild(el("summary", "", "Columns"));
		columns.appendChild(list);
		heads.forEach(function (h, i) {
			var l = el("label"), c = el("input");
			c.type = "checkbox";
			c.checked = true;
			l.appendChild(c);
			l.appendChild(D.createTextNode(" " + h.textContent));
			list.appendChild(l);
			c.addEventListener("change", function () {
				hidden[i] = !c.checked;
				h.classList.toggle("hid", hidden[i]);
				rows.forEach(function (x) { if (x.r) x.r.cells[i].classList.toggle("hid", hidden[i]); });
				totals.forEach(function (r) { if (r.cells[i]) r.cells[i].classList.toggle("hid", hidden[i]); });
			});
		});
		columns.addEventListener("keydown", function (e) {
			if (e.key === "Escape") { columns.open = false; columns.firstChild.focus(); }
		});
		if (total > 8) tools.appendChild(filter);
		tools.appendChild(count);
		if (heads.length > 3) tools.appendChild(columns);
		region.parentNode.insertBefore(tools, region);
		foot.appendChild(next);
		region.parentNode.insertBefore(foot, region.nextSibling);
		show();
		return {
			caption: caption,
			// The places of an address: which row, and in which column.
			find: function (address) {
				var found = [];
				rows.forEach(function (x, n) {
					kinds.forEach(function (k, i) {
						if (k === "a" && x.v[i] === address && found.length < 3)
							found.push({ row: n, column: heads[i].textContent });
					});
				});
				return found;
			},
			reveal: function (n) {
				load();
				word = filter.value = "";
				order = null;
				heads.forEach(function (o) { o.removeAttribute("aria-sort"); });
				limit = Math.max(limit, n + 1);
				for (var d = region.closest("details"); d; d = d.parentNode.closest("details")) d.open = true;
				show();
				var r = make(rows[n]);
				all("tr.at").forEach(function (o) { o.classList.remove("at"); });
				r.classList.add("at");
				r.tabIndex = -1;
				r.focus();
				r.scrollIntoView({ block: "center" });
			}
		};
	});

	// An address: every row and box in which it occurs, and how to ask for its path.
	var pop = null;
	function close() {
		if (!pop) return;
		var from = pop.from;
		pop.remove();
		pop = null;
		if (from.isConnected) from.focus();
	}
	function places(address) {
		var list = [];
		tables.forEach(function (t) {
			t.find(address).forEach(function (p) {
				list.push({ text: t.caption + ", row " + (p.row + 1) + (p.column === "address" ? "" : ", as " + p.column),
					go: function () { t.reveal(p.row); } });
			});
		});
		all("[data-a='" + address + "']").forEach(function (e) {
			var f = e.closest("figure"), c = f && f.querySelector("figcaption");
			list.push({ text: (c ? c.textContent : "picture"), go: function () {
				e.scrollIntoView({ block: "center" });
				if (e.getAttribute("tabindex") === null) e.setAttribute("tabindex", "-1");
				e.focus();
			} });
		});
		return list;
	}
	function open(from, address) {
		close();
		pop = el("div", "pop");
		pop.from = from;
		pop.setAttribute("role", "dialog");
		pop.setAttribute("aria-label", "Object " + address);
		pop.appendChild(el("b", "", "Object " + address));
		var ul = el("ul");
		places(address).forEach(function (p) {
			var li = el("li"), a = el("a", "", p.text);
			a.href = "#";
			a.addEventListener("click", function (e) { e.preventDefault(); close(); p.go(); });
			li.appendChild(a);
			ul.appendChild(li);
		});
		pop.appendChild(ul);
		pop.appendChild(el("pre", "", "memsee why -D what=\"address = " + address + "\" DUMP"));
		var at = from.getBoundingClientRect();
		D.body.appendChild(pop);
		pop.style.top = at.bottom + window.scrollY + 4 + "px";
		pop.style.left = Math.max(4, Math.min(at.left, root.clientWidth - pop.offsetWidth - 8)) + "px";
		var first = pop.querySelector("a");
		if (first) first.focus();
	}
	D.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });
	D.addEventListener("click", function (e) {
		if (pop && !pop.contains(e.target) && e.target !== pop.from) close();
	});
	function link(within) {
		all("data.a", within).forEach(function (d) {
			var address = +d.getAttribute("value"),
				b = button("a", d.textContent, function (e) { e.stopPropagation(); open(b, address); });
			d.textContent = "";
			d.appendChild(b);
		});
	}
	link(D);

	// Icicles and treemaps: text is cut to its box, leading components of a name first; a figure
	// is shown whole or not at all.
	var pen = D.createElement("canvas").getContext("2d"), widths = {};
	pen.font = "12.5px system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif";
	function wide(s) {
		return widths[s] || (widths[s] = pen.measureText(s).width);
	}
	function cut(t, s, room, whole) {
		var m;
		room -= 9;
		if (room < 14) s = "";
		while (s && !whole && wide(s) > room && (m = /^\w+\.(?=\w)/.exec(s))) s = s.slice(m[0].length);
		if (s && wide(s) > room) {
			var n = whole ? 0 : s.length - 1;
			while (n > 1 && wide(s.slice(0, n) + "\u2026") > room) n--;
			s = n > 1 ? s.slice(0, n) + "\u2026" : "";
		}
		t.textContent = s;
	}
	all(".ic,.tm").forEach(function (C) {
		var S = C.querySelector("svg"), flame = C.classList.contains("ic"), read = C.querySelector(".read"),
			near = 1e-6, now = 0;
		var boxes = all("svg.b", S).map(function (g, i) {
			var t = all("text", g), a = g.querySelector("title");
			return { g: g, i: i, t: t, about: a ? a.textContent : "", bytes: +g.dataset.b || 0,
				x: parseFloat(g.getAttribute("x")), w: parseFloat(g.getAttribute("width")),
				y: parseFloat(g.getAttribute("y")),
				full: t.map(function (e) { return e.dataset.f || e.textContent; }) };
		});
		if (!boxes.length) return;
		var top = boxes[0], zoomed = top, total = +C.dataset.total || top.bytes;
		boxes.forEach(function (b) { b.name = b.about.split("\n")[0]; });
		S.setAttribute("role", flame ? "tree" : "list");
		S.setAttribute("aria-label", C.dataset.name);

		function layout() {
			var W = S.clientWidth;
			boxes.forEach(function (b) {
				var x = b.x, w = b.w;
				if (flame) {
					x = (b.x - zoomed.x) / zoomed.w * 100;
					w = b.w / zoomed.w * 100;
					if (b.y < zoomed.y) {
						var above = b.x <= zoomed.x + near && b.x + b.w >= zoomed.x + zoomed.w - near;
						x = 0;
						w = above ? 100 : 0;
					}
					b.off = x >= 100 || x + w <= 0 || w <= 0;
					b.g.setAttribute("display", b.off ? "none" : "inline");
					if (b.off) return;
					b.g.setAttribute("x", x + "%");
					b.g.setAttribute("width", w + "%");
				}
				b.t.forEach(function (t, k) { cut(t, b.full[k], w * W / 100, k); });
			});
			all("svg.gl text", S).forEach(function (t) {
				var room = parseFloat(t.parentNode.getAttribute("width")) * W / 100;
				t.figure = t.figure || t.querySelector("tspan");
				t.full = t.full || t.firstChild.data;
				var fits = wide(t.full + t.figure.textContent) * 1.06 < room - 9;
				cut(t, t.full, room);
				if (fits) t.appendChild(t.figure);
			});
		}
		function say(b) {
			read.textContent = "";
			read.appendChild(el("span", "m", b.name));
			read.appendChild(el("br"));
			read.appendChild(el("span", "", b.about.split("\n").slice(1).join(" ")));
			if (!b.g.dataset.a) return;
			var a = el("a", "", "where it occurs");
			a.href = "#";
			a.addEventListener("click", function (e) {
				e.preventDefault();
				e.stopPropagation();
				open(a, +b.g.dataset.a);
			});
			read.appendChild(D.createTextNode(" \u00b7 "));
			read.appendChild(a);
		}
		function zoom(b) {
			zoomed = b;
			layout();
			say(b);
			reset.hidden = b === top;
		}
		function mark(i) {
			boxes[now].g.setAttribute("tabindex", "-1");
			now = i;
			boxes[i].g.setAttribute("tabindex", "0");
		}
		function step(b, key) {
			var i = b.i, best = -1;
			if (!flame)
				return key === "ArrowRight" || key === "ArrowDown" ? Math.min(i + 1, boxes.length - 1) :
					key === "ArrowLeft" || key === "ArrowUp" ? Math.max(i - 1, 0) : -1;
			boxes.forEach(function (o) {
				if (o.off) return;
				var first = best < 0;
				if (key === "ArrowDown" && first && o.y > b.y && o.y < b.y + 24 && o.x >= b.x - near && o.x < b.x + b.w ||
					key === "ArrowUp" && first && o.y < b.y && o.y > b.y - 24 && o.x <= b.x + near && o.x + o.w >= b.x + b.w - near ||
					key === "ArrowRight" && first && o.y === b.y && o.x > b.x + near ||
					key === "ArrowLeft" && o.y === b.y && o.x < b.x - near)
					best = o.i;
			});
			return best;
		}
		boxes.forEach(function (b, i) {
			b.g.setAttribute("role", flame ? "treeitem" : "listitem");
			if (flame) b.g.setAttribute("aria-level", Math.round(b.y / 23) + 1);
			b.g.setAttribute("tabindex", i ? "-1" : "0");
			b.g.addEventListener("mouseenter", function () { say(b); });
			b.g.addEventListener("focus", function () { say(b); });
			b.g.addEventListener("click", function () {
				mark(i);
				if (flame) zoom(b === zoomed ? top : b);
				else say(b);
			});
			b.g.addEventListener("keydown", function (e) {
				if (e.key === "Enter" || e.key === " ") {
					if (flame) zoom(b);
					else say(b);
				} else if (e.key === "Escape" && flame) {
					zoom(top);
					mark(0);
					top.g.focus();
				} else if (e.key.indexOf("Arrow") === 0) {
					var to = step(b, e.key);
					if (to >= 0) {
						mark(to);
						boxes[to].g.focus();
					}
				} else
					return;
				e.preventDefault();
			});
		});
		var tools = el("div", "bar-tools"), reset = button("", "Back to all", function () { zoom(top); }),
			search = el("input"), out = el("span");
		reset.hidden = true;
		search.type = "search";
		search.placeholder = "Search names";
		search.setAttribute("aria-label", "Search " + C.dataset.name);
		out.setAttribute("aria-live", "polite");
		// What lies in a box that is a hit is counted with it, not twice.
		search.addEventListener("input", function () {
			var w = search.value.toLowerCase(), sum = 0, hits = [];
			boxes.forEach(function (b) {
				var hit = !!w && b.name.toLowerCase().indexOf(w) >= 0;
				b.g.classList.toggle("hit", hit);
				if (hit) hits.push(b);
			});
			hits.forEach(function (b) {
				var inner = hits.some(function (o) {
					return o !== b && o.y < b.y && o.x <= b.x + near && o.x + o.w >= b.x + b.w - near;
				});
				if (!inner) sum += b.bytes;
			});
			C.classList.toggle("q", !!w);
			out.textContent = !w ? "" : !hits.length ? "no box has this name" :
				hits.length + (hits.length === 1 ? " box, " : " boxes, ") + human(sum) + ", " + (100 * sum / total).toFixed(1) + " % of the whole";
		});
		if (flame) {
			tools.appendChild(search);
			tools.appendChild(out);
			tools.appendChild(reset);
			C.insertBefore(tools, S);
		}
		layout();
		if (window.ResizeObserver) new ResizeObserver(layout).observe(S);
	});
})();
